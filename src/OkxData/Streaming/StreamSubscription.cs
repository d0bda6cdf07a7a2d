namespace OkxData.Streaming;

/// <summary>Topics that a listener hears of until it is disposed.</summary>
internal sealed class StreamSubscription(IStreamListener listener) : IAsyncDisposable
{
    private readonly List<StreamFeed> _feeds = [];
    private int _isDisposed;

    public IStreamListener Listener { get; } = listener;

    public void Add(StreamFeed feed) => _feeds.Add(feed);

    /// <summary>Releases the topics; those that nobody else listens to are unsubscribed, and a connection without topics is closed.</summary>
    /// <returns>When nothing is left of a connection that only this subscription needed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        foreach (var closing in _feeds.ConvertAll(feed => feed.Remove(this)))
            await closing.ConfigureAwait(false);
    }
}
