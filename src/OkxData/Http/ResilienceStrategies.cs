using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using OkxData.Errors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace OkxData.Http;

/// <summary>What is repeated, after how long, and when nothing is sent at all.</summary>
/// <remarks>Of one endpoint: where another of the host is down, its failures open no circuit but its own.</remarks>
internal sealed class ResilienceStrategies(HttpSettings settings, string endpoint, TimeProvider timeProvider, ILogger logger)
{
    private const double FailureRatio = 0.9;
    private const int FewestCalls = 20;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);

    private readonly ResilienceOptions _options = settings.Resilience;
    private long _closedUntil;

    public void AddRetry(ResiliencePipelineBuilder<HttpResponseMessage> pipeline)
    {
        if (_options.MaxRetries == 0)
            return;

        pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = _options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = _options.RetryDelay,
            MaxDelay = _options.MaxRetryDelay,
            ShouldHandle = args => ValueTask.FromResult(CanHeal(args.Outcome.Exception, args.Context) && !(RestOf(args.Outcome.Exception, args.Context) > settings.LongestRetryAfter)),
            DelayGenerator = args => ValueTask.FromResult(DelayFor(args.Outcome.Exception, args.Context)),
            OnRetry = args =>
            {
                HttpLog.AttemptFailed(logger, args.AttemptNumber + 1, args.RetryDelay, args.Outcome.Exception?.Message ?? "");
                return default;
            },
        });
    }

    public void AddCircuitBreaker(ResiliencePipelineBuilder<HttpResponseMessage> pipeline) =>
        pipeline.AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            // An outage fails everything. A bad day that fails a third of the calls is what retry is for.
            FailureRatio = FailureRatio,
            MinimumThroughput = FewestCalls,
            SamplingDuration = Sampling,
            BreakDuration = _options.BreakDuration,
            ShouldHandle = static args => ValueTask.FromResult(IsOutage(args.Outcome.Exception)),
            OnOpened = args =>
            {
                Volatile.Write(ref _closedUntil, timeProvider.GetTimestamp() + (long)(args.BreakDuration.TotalSeconds * timeProvider.TimestampFrequency));
                HttpLog.CircuitOpened(logger, settings.HostKey, endpoint, args.BreakDuration, args.Outcome.Exception?.Message ?? "");
                return default;
            },
            OnClosed = _ =>
            {
                HttpLog.CircuitClosed(logger, settings.HostKey, endpoint);
                return default;
            },
        });

    private bool CanHeal(Exception? exception, ResilienceContext context)
    {
        var call = context.GetRequestMessage() is { } request ? OkxCall.Of(request) : null;
        if (call is { IsProbe: true })
            return false;

        // An open circuit is waited for, save by who need not, or longer than anybody would.
        if (exception is BrokenCircuitException)
            return exception.InnerException is not OkxMaintenanceException && call is not { HasStandIn: true } && _options.BreakDuration <= _options.GiveUpAfter;
        return exception is OkxException { IsTransient: true } and not OkxMaintenanceException;
    }

    // Whoever answers "too many" or "busy" is there.
    private static bool IsOutage(Exception? exception) =>
        exception is OkxException { IsTransient: true } and not OkxRateLimitException and not OkxApiException { Code: OkxErrorCodes.Busy };

    /// <summary>The wait that the failure itself asks for; <see langword="null"/> for the usual backoff.</summary>
    private TimeSpan? DelayFor(Exception? exception, ResilienceContext context)
    {
        if (exception is BrokenCircuitException)
        {
            // Not known in the instant between the opening and its report: the usual backoff then does.
            var left = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), Volatile.Read(ref _closedUntil));
            return left > TimeSpan.Zero ? left + Jitter(_options.RetryDelay) : null;
        }

        return RetryAfterOf(context) is { } asked && asked > _options.RetryDelay ? asked + Jitter(_options.RetryDelay) : null;
    }

    /// <summary>How long nothing more is sent: as asked, or for a whole window after a refusal that asks for nothing.</summary>
    private static TimeSpan? RestOf(Exception? exception, ResilienceContext context) =>
        RetryAfterOf(context) ?? (exception is OkxRateLimitException && context.GetRequestMessage() is { } request ? OkxCall.Of(request).Endpoint.Quota.Window : null);

    private static TimeSpan? RetryAfterOf(ResilienceContext context) =>
        context.GetRequestMessage() is { } request ? OkxCall.Of(request).RetryAfter : null;

    // Spreads out those who waited for the same instant. No secret hangs on it.
#pragma warning disable CA5394
    private static TimeSpan Jitter(TimeSpan most) => most * Random.Shared.NextDouble();
#pragma warning restore CA5394
}
