using System.Net.WebSockets;
using OkxData.RateLimiting;

namespace OkxData.Streaming;

/// <summary>Opens sockets, in time and no more often than OKX allows.</summary>
internal sealed class SocketOpener(StreamSettings settings, IWebSocketConnector connector, IRateLimiterFactory limiters, TimeProvider timeProvider)
{
    // https://www.okx.com/docs-v5/en/#overview-websocket-connect: three connections in a second, by address.
    private static readonly RateLimitQuota Quota = new(3, TimeSpan.FromSeconds(1));

    private readonly PausableRateLimiter _limiter = limiters.Create(
        new RateLimitBucket(settings.BaseAddress.Authority.ToLowerInvariant(), "/ws/v5", "", Quota), timeProvider);

    public Uri AddressOf(StreamPath path) => StreamPaths.AddressOf(settings.BaseAddress, path);

    /// <exception cref="TimeoutException">There was no connection in time.</exception>
    /// <exception cref="Exception">Whatever the connector throws.</exception>
    public async Task<WebSocket> OpenAsync(StreamPath path, CancellationToken cancellationToken)
    {
        using var lease = await _limiter.AcquireBelowAsync(Quota.PermitsAt(settings.Share), cancellationToken).ConfigureAwait(false);
        if (!lease.IsAcquired)
            throw new WebSocketException("The rate limiter that was given refused to let anybody wait.");

        using var patience = new CancellationTokenSource(settings.Options.ConnectTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var opening = connector.ConnectAsync(AddressOf(path), either.Token);
        try
        {
            return await opening.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            DisposeLater(opening);
            if (exception is OperationCanceledException && patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                throw new TimeoutException($"There was no connection within {settings.Options.ConnectTimeout.TotalSeconds:0.#} s.", exception);
            throw;
        }
    }

    // A connector may answer after it was told to give up.
    private static void DisposeLater(Task<WebSocket> opening) => _ = opening.ContinueWith(
        static late =>
        {
            if (late.IsCompletedSuccessfully)
                late.Result.Dispose();
            else
                _ = late.Exception;
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
