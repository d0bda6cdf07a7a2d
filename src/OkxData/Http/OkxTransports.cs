namespace OkxData.Http;

/// <summary>The ways of one client to the hosts that it calls. With it, all calls in flight end.</summary>
/// <remarks>Thread-safe. Without it, the chains would wait for calls in flight when a container disposes them, for up to half a minute.</remarks>
internal sealed class OkxTransports : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<OkxTransport> _all = [];

    public OkxTransport Add(OkxTransport transport)
    {
        lock (_lock)
            _all.Add(transport);
        return transport;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var transport in _all)
                transport.Dispose();
        }
    }
}
