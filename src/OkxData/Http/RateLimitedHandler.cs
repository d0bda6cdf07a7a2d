using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using OkxData.Errors;
using OkxData.RateLimiting;
using Polly.Timeout;

namespace OkxData.Http;

/// <summary>Takes a token for every attempt, and gives it back when the answer has been read or has failed.</summary>
internal sealed class RateLimitedHandler(HttpSettings settings, IRateLimiterFactory limiters, TimeProvider timeProvider, HttpMetrics metrics, ILogger logger)
    : DelegatingHandler
{
    private static readonly TimeSpan ShortWindow = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan NoticeableWait = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<(EndpointDefinition Endpoint, string Scope), Lazy<Budget>> _budgets = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = OkxCall.Of(request);
        var budget = BudgetOf(call);
        var lease = await WaitAsync(budget, call, cancellationToken).ConfigureAwait(false);
        if (!lease.IsAcquired)
        {
            lease.Dispose();
            throw HttpErrors.NoToken(call);
        }

        WireTicket.Issue();
        call.CountSend();
        call.Pulse.Asked();
        var started = timeProvider.GetTimestamp();
        Exception? failure = null;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException exception)
        {
            failure = HttpErrors.TimedOut(call, settings.Resilience.AttemptTimeout, exception);
            throw failure;
        }
        catch (Exception exception)
        {
            failure = exception;
            if (exception is OkxRateLimitException refusal)
                Pause(budget, call, refusal);
            throw;
        }
        finally
        {
            if (failure is OperationCanceledException)
                ReleaseLater(lease, call.Endpoint.Quota.Window);
            else
                lease.Dispose();
            call.Pulse.Ended(IsAnswer(failure));
            call.LastFailure = failure as OkxException ?? call.LastFailure;
            var duration = timeProvider.GetElapsedTime(started);
            metrics.Requested(call.Endpoint.Name, duration, failure);
            HttpLog.Requested(logger, call.Endpoint.Name, call.Subject, HttpMetrics.OutcomeOf(failure), duration);
        }
    }

    private static bool IsAnswer(Exception? failure) => failure
        is null
        or OkxRateLimitException
        or OkxPayloadException
        or OkxApiException { IsTransient: false }
        or OkxApiException { Code: OkxErrorCodes.Busy };

    // What a caller walks away from may still be on its way, and reach OKX later than now. No answer will tell when.
    private void ReleaseLater(RateLimitLease lease, TimeSpan delay) => _ = Task.Delay(delay, timeProvider, CancellationToken.None).ContinueWith(
        static (_, state) => ((RateLimitLease)state!).Dispose(), lease, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async ValueTask<RateLimitLease> WaitAsync(Budget budget, OkxCall call, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var wait = call.Pulse.WaitBegins();
        RateLimitLease lease;
        try
        {
            lease = await budget.Limiter.AcquireBelowAsync(budget.Limit, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            call.Pulse.WaitEnds(wait);
        }

        var waited = timeProvider.GetElapsedTime(started);
        metrics.Waited(call.Endpoint.Name, waited);
        if (waited > NoticeableWait)
            HttpLog.Waited(logger, call.Endpoint.Name, call.Subject, waited);
        return lease;
    }

    // The whole bucket, not this call alone: the next request on it would be refused as well, whoever sends it.
    private void Pause(Budget budget, OkxCall call, OkxRateLimitException refusal)
    {
        var window = call.Endpoint.Quota.Window;
        var asked = RetryAfter.Within(refusal.RetryAfter);

        // A server that counts by the minute and says "in three seconds" means it, and not a minute of easing on top.
        var isMeant = refusal.RetryAfter is not null && window >= ShortWindow;
        var least = isMeant ? ShortWindow : window;
        var pause = asked > least ? asked : least;
        if (isMeant)
            budget.Limiter.Pause(pause);
        else
            budget.Limiter.PauseAfterRefusal(pause);
        if (budget.IsNewPause(timeProvider, pause))
            HttpLog.RateLimitPaused(logger, call.Endpoint.Service.Name, call.Endpoint.Name, pause);
    }

    private Budget BudgetOf(OkxCall call) => _budgets.GetOrAdd(
        (call.Endpoint, call.Scope),
        static (key, self) => new Lazy<Budget>(() => self.MakeBudget(key.Endpoint, key.Scope)),
        this).Value;

    private Budget MakeBudget(EndpointDefinition endpoint, string scope) => new(
        limiters.Create(new RateLimitBucket(settings.HostKey, endpoint.Bucket, scope, endpoint.Quota), timeProvider),
        endpoint.Quota.PermitsAt(settings.Share));

    private sealed class Budget(PausableRateLimiter limiter, int limit)
    {
        private long _quietUntil = long.MinValue;

        public PausableRateLimiter Limiter => limiter;

        /// <summary>The tokens that may be out when this client is granted one.</summary>
        public int Limit => limit;

        /// <summary>Whether this is not one of the many refusals of one burst, of which the first is logged.</summary>
        public bool IsNewPause(TimeProvider timeProvider, TimeSpan pause)
        {
            var now = timeProvider.GetTimestamp();
            var quietUntil = Volatile.Read(ref _quietUntil);
            var next = now + (long)(pause.TotalSeconds * timeProvider.TimestampFrequency);
            return now >= quietUntil && Interlocked.CompareExchange(ref _quietUntil, next, quietUntil) == quietUntil;
        }
    }
}
