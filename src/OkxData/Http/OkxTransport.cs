using OkxData.Errors;
using OkxData.RateLimiting;

namespace OkxData.Http;

/// <summary>The way to OKX: every request of the library goes through <see cref="SendAsync{T}"/>.</summary>
internal sealed class OkxTransport : IDisposable
{
    /// <summary>How long a host may be silent before a caller who holds something that may stand in gives up.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(2);

    /// <summary>How often maintenance without an end, or past it, is looked after.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    /// <summary>Not on the dot: clocks differ a little, and a call that comes too early waits once more.</summary>
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromSeconds(0.5);

    private readonly HttpClient _client;
    private readonly HttpSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly string _root;

    public OkxTransport(HttpClient client, HttpSettings settings, TimeProvider timeProvider)
    {
        _client = client;
        _settings = settings;
        _timeProvider = timeProvider;
        Pulse = new HostPulse(timeProvider);
        _root = settings.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    /// <summary>The host that is called, with its port where that is not the usual one.</summary>
    public string Host => _settings.HostKey;

    /// <summary>How many tokens this client may hold at once on the endpoint.</summary>
    public int PermitsFor(EndpointDefinition endpoint) => endpoint.Quota.PermitsAt(_settings.Share);

    /// <summary>The time by the host's clock, as far as that is known.</summary>
    public DateTimeOffset Now => _settings.Clock?.Now ?? _timeProvider.GetUtcNow();

    /// <summary>How long the host may be silent before a caller who holds nothing gives up.</summary>
    public TimeSpan GiveUpAfter => _settings.Resilience.GiveUpAfter;

    /// <summary>How the host fares.</summary>
    public HostPulse Pulse { get; }

    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> SendAsync<T>(OkxRequest<T> request, CancellationToken cancellationToken)
    {
        var started = _timeProvider.GetTimestamp();
        using var trace = new CallTrace(request.Endpoint, request.Subject);
        while (true)
        {
            try
            {
                return await SendOnceAsync(request, trace, cancellationToken).ConfigureAwait(false);
            }
            catch (OkxMaintenanceException maintenance) when (WaitFor(maintenance, started) > TimeSpan.Zero)
            {
                await Task.Delay(WaitFor(maintenance, started), _timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> SendOnceAsync<T>(OkxRequest<T> request, CallTrace trace, CancellationToken cancellationToken)
    {
        // What answers a probe says nothing about the rest, nor the other way round.
        var pulse = request.IsProbe ? new HostPulse(_timeProvider) : Pulse;
        var call = new OkxCall<T>(request) { Pulse = pulse };
        trace.Follow(call);
        var limit = request.HasStandIn || request.IsProbe ? ShortPatience : GiveUpAfter;
        if (pulse.SilentFor >= limit)
            throw Failed(call, trace, HttpErrors.GaveUp(call, limit));

        using var message = new HttpRequestMessage(HttpMethod.Get, AddressOf(request));
        message.Options.Set(OkxCall.Key, call);
        var patience = new Patience(pulse, limit, _timeProvider, cancellationToken);
        await using var _ = patience.ConfigureAwait(false);
        try
        {
            // Headers only: the body is read inside the chain, where a timeout and a retry can see it.
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (cancellationToken.IsCancellationRequested)
        {
            pulse.Abandoned();
            throw new OperationCanceledException(canceled.Message, canceled, cancellationToken);
        }
        catch (OperationCanceledException) when (patience.HasEnded)
        {
            throw Failed(call, trace, HttpErrors.GaveUp(call, limit));
        }
        catch (Exception exception) when (HttpErrors.Map(exception, call, cancellationToken) is { } mapped)
        {
            throw Failed(call, trace, mapped);
        }
        catch (OkxException failure)
        {
            Failed(call, trace, failure);
            throw;
        }

        return call.TakeResult();
    }

    /// <summary>Ends the calls in flight; the chain behind is not touched.</summary>
    public void Dispose() => _client.Dispose();

    private static OkxException Failed(OkxCall call, CallTrace trace, OkxException failure)
    {
        if (failure.IsTransient && failure is not OkxRateLimitException)
            call.Pulse.CallFailed(call.HasStandIn, failure.Message);
        trace.Fail(failure);
        return failure;
    }

    /// <summary>How long to wait before a call that met maintenance is made again; none where it is not to wait, or not any more.</summary>
    private TimeSpan WaitFor(OkxMaintenanceException maintenance, long started)
    {
        var left = _settings.Resilience.WaitForMaintenance - _timeProvider.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
            return TimeSpan.Zero;

        var announced = maintenance.Until is { } until ? until - Now : TimeSpan.Zero;
        var wait = announced > TimeSpan.Zero ? announced + AfterTheEnd : BetweenLooks;
        return wait < left ? wait : left;
    }

    private Uri AddressOf<T>(OkxRequest<T> request) =>
        new(request.Query.Length == 0 ? _root + request.Endpoint.Path : $"{_root}{request.Endpoint.Path}?{request.Query}");
}
