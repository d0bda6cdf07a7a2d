using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OkxData.RateLimiting;

namespace OkxData.Streaming;

/// <summary>All live connections of a client: at most one for each path, shared by everybody who listens there.</summary>
/// <remarks>Thread-safe. A connection is opened for the first topic of its path and closed after the last.</remarks>
internal sealed class StreamHub : IAsyncDisposable
{
    private readonly StreamContext _context;
    private readonly Dictionary<StreamPath, StreamFeed> _feeds = [];
    private readonly Lock _lock = new();
    private bool _isDisposed;

    /// <param name="settings">Where OKX is and how connections are kept.</param>
    /// <param name="connector">Opens sockets.</param>
    /// <param name="limiters">Gives the limiter of new connections.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="meterFactory">Makes the meter.</param>
    /// <param name="logger">Says what happens.</param>
    /// <param name="random">Spreads reconnects; one of its own where a run is to be repeated exactly.</param>
    public StreamHub(
        StreamSettings settings, IWebSocketConnector connector, IRateLimiterFactory limiters, TimeProvider timeProvider, IMeterFactory meterFactory,
        ILogger<StreamHub> logger, Random? random = null) =>
        _context = new StreamContext(
            settings.Options, new SocketOpener(settings, connector, limiters, timeProvider), timeProvider, random ?? Random.Shared, new StreamingMetrics(meterFactory), logger);

    /// <summary>Subscribes a listener to topics; returns at once and connects in the background.</summary>
    /// <param name="topics">The topics; one named twice counts once.</param>
    /// <param name="listener">Hears of them.</param>
    /// <returns>The subscription; disposing it releases the topics.</returns>
    /// <exception cref="ObjectDisposedException">The client is disposed.</exception>
    public StreamSubscription Subscribe(IReadOnlyList<StreamTopic> topics, IStreamListener listener)
    {
        var subscription = new StreamSubscription(listener);
        foreach (var ofPath in topics.Distinct().GroupBy(topic => topic.Path))
        {
            StreamFeed feed;
            do
                feed = FeedOf(ofPath.Key);
            while (!feed.TryAdd(subscription, ofPath));
            subscription.Add(feed);
        }

        return subscription;
    }

    /// <summary>The paths whose streams have not been served for longer than is borne in silence, by OKX's name, and for how long.</summary>
    public IReadOnlyList<(string Path, TimeSpan For)> Interruptions
    {
        get
        {
            lock (_lock)
                return [.. _feeds.Values.Where(feed => !feed.IsClosed && feed.InterruptedFor is not null).Select(feed => (feed.Name, feed.InterruptedFor ?? TimeSpan.Zero))];
        }
    }

    /// <summary>Ends all streams; their listeners are told.</summary>
    /// <returns>When all connections are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var feed in End())
            await feed.ConfigureAwait(false);
    }

    /// <summary>Begins to do the same, without waiting.</summary>
    /// <returns>The ends of the connections.</returns>
    public IReadOnlyList<Task> End()
    {
        List<StreamFeed> feeds;
        lock (_lock)
        {
            _isDisposed = true;
            feeds = [.. _feeds.Values];
        }

        return feeds.ConvertAll(feed => feed.DisposeAsync().AsTask());
    }

    private StreamFeed FeedOf(StreamPath path)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(StreamHub));
            if (!_feeds.TryGetValue(path, out var feed) || feed.IsClosed)
                _feeds[path] = feed = new StreamFeed(path, _context);
            return feed;
        }
    }
}
