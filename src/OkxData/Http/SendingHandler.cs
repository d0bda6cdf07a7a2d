namespace OkxData.Http;

/// <summary>What is asked of the handler that sends, which a host may have put in the place of ours.</summary>
/// <remarks>An HttpClientHandler cannot be kept from asking again by itself, and of a handler that is not the platform's own nothing is known.</remarks>
internal static class SendingHandler
{
    /// <summary>Turns off what would send a request that has no token: redirects, which would take the key headers elsewhere too, and the silent second try.</summary>
    /// <exception cref="InvalidOperationException">The handler has sent something already, after which it takes no setting.</exception>
    public static void SendOnlyWhatIsAsked(HttpMessageHandler handler)
    {
        try
        {
            switch (LastOf(handler))
            {
                case SocketsHttpHandler sockets:
                    if (sockets.AllowAutoRedirect)
                        sockets.AllowAutoRedirect = false;
                    var own = sockets.PlaintextStreamFilter;
                    if (own?.Target is not TicketGate)
                        sockets.PlaintextStreamFilter = new TicketGate(own).OpenAsync;
                    break;
                case HttpClientHandler { AllowAutoRedirect: true } client:
                    client.AllowAutoRedirect = false;
                    break;
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException(
                "The primary handler that was given to the OKX client has sent something already, so it can no longer be kept from redirects and second tries, which would pass the rate limit by and could carry keys elsewhere; give this client a handler of its own.", exception);
        }
    }

    /// <summary>The proxy that what is for an address goes to; <see langword="null"/> for none.</summary>
    public static Uri? ProxyOf(HttpMessageHandler handler, Uri address)
    {
        var proxy = LastOf(handler) switch
        {
            SocketsHttpHandler { UseProxy: true } sockets => sockets.Proxy ?? HttpClient.DefaultProxy,
            HttpClientHandler { UseProxy: true } client => client.Proxy ?? HttpClient.DefaultProxy,
            _ => null,
        };
        return proxy is null || proxy.IsBypassed(address) ? null : proxy.GetProxy(address);
    }

    private static HttpMessageHandler LastOf(HttpMessageHandler handler)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;
        return handler;
    }

    /// <summary>Puts the ticketed stream around what the host's own filter makes of a connection.</summary>
    private sealed class TicketGate(Func<SocketsHttpPlaintextStreamFilterContext, CancellationToken, ValueTask<Stream>>? own)
    {
        public async ValueTask<Stream> OpenAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken) =>
            new TicketedStream(own is null ? context.PlaintextStream : await own(context, cancellationToken).ConfigureAwait(false));
    }
}
