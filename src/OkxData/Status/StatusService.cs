using System.Globalization;
using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Models;

namespace OkxData.Status;

/// <summary>Knows what OKX has announced, and asks for it at most once in five seconds.</summary>
internal sealed class StatusService(OkxTransport transport, bool isDemo, CacheMode mode, TimeProvider timeProvider, ILogger<StatusService> logger) : IMaintenanceSource
{
    private static readonly TimeSpan Fresh = StatusEndpoints.Status.Quota.Window;

    private readonly SharedFlights<SystemStatus> _flights = new();
    private readonly Lock _lock = new();
    private SystemStatus? _latest;
    private long _asked;
    private (OkxException Failure, long At)? _failure;
    private string? _reported;

    /// <summary>The last answer, however old; costs nothing.</summary>
    public SystemStatus? Latest
    {
        get
        {
            lock (_lock)
                return _latest;
        }
    }

    /// <exception cref="OkxCacheException">The cache is offline.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    public Task<SystemStatus> GetAsync(CancellationToken cancellationToken) => mode == CacheMode.Offline
        ? Task.FromException<SystemStatus>(new OkxCacheException("The cache is offline (Caching.Mode), and what OKX announces is not kept; go online to ask.") { Location = "status" })
        : AskAsync(isProbe: false, cancellationToken);

    /// <inheritdoc/>
    public async Task<Maintenance?> FindAsync(CancellationToken cancellationToken)
    {
        if (RecentFailure() is not null)
            return null;

        try
        {
            var status = await AskAsync(isProbe: true, cancellationToken).ConfigureAwait(false);
            var now = transport.Now;
            if ((status.Current ?? BegunUntold(status, now)) is not { } current)
                return null;

            Report(current);
            return new Maintenance(current.Title, current.End, IsOverdue: current.End <= now);
        }
        catch (OkxException failure)
        {
            lock (_lock)
                _failure = (failure, timeProvider.GetTimestamp());
            logger.Unanswered(failure.Message);
            return null;
        }
    }

    private async Task<SystemStatus> AskAsync(bool isProbe, CancellationToken cancellationToken) =>
        Recent() ?? await _flights.JoinAsync(isProbe ? "probe" : "call", token => FetchAsync(isProbe, token), cancellationToken).ConfigureAwait(false);

    private async Task<SystemStatus> FetchAsync(bool isProbe, CancellationToken cancellationToken)
    {
        if (Recent() is { } recent)
            return recent;

        var reply = await transport.SendAsync(StatusEndpoints.Announced with { IsProbe = isProbe }, cancellationToken).ConfigureAwait(false);
        if (reply.LeftOut.Count > 0)
            logger.RowsLeftOut(reply.LeftOut.Count, ServerText.Clean(reply.LeftOut[0].ToString()));

        var status = new SystemStatus
        {
            Events = [.. reply.Rows.Where(row => StatusMapper.Concerns(row, isDemo)).Select(StatusMapper.Map).OrderBy(one => one.Begin)],
            RetrievedAt = timeProvider.GetUtcNow().ToUniversalTime(),
        };
        lock (_lock)
            (_latest, _asked, _failure) = (status, timeProvider.GetTimestamp(), null);
        return status;
    }

    /// <summary>A call has failed as in maintenance and it is time for some: OKX may have had no hand free to say that it has begun.</summary>
    private static SystemEvent? BegunUntold(SystemStatus status, DateTimeOffset now) => status.Events
        .Where(one => one.State == SystemEventState.Scheduled && one.ConcernsMarketData && one.Begin <= now && !(one.End <= now))
        .MaxBy(one => one.End ?? DateTimeOffset.MaxValue);

    private SystemStatus? Recent()
    {
        lock (_lock)
            return _latest is not null && timeProvider.GetElapsedTime(_asked) < Fresh ? _latest : null;
    }

    private OkxException? RecentFailure()
    {
        lock (_lock)
            return _failure is var (failure, at) && timeProvider.GetElapsedTime(at) < Fresh ? failure : null;
    }

    private void Report(SystemEvent current)
    {
        var until = current.End?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "a time it does not name";
        if (Interlocked.Exchange(ref _reported, current.Title + until) != current.Title + until)
            logger.UnderMaintenance(ServerText.Clean(current.Title), until);
    }
}
