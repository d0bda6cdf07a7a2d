namespace OkxData.Http;

/// <summary>The socket handlers of a container's clients. The factory keeps them for ever, so their connections are closed here, with the container.</summary>
internal sealed class OwnedHandlers : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<HttpMessageHandler> _handlers = [];
    private bool _isDisposed;

    public T Add<T>(T handler)
        where T : HttpMessageHandler
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _handlers.Add(handler);
            return handler;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var handler in _handlers)
                handler.Dispose();
            _handlers.Clear();
        }
    }
}
