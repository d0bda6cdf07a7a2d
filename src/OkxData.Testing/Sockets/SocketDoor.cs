using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OkxData.Testing.Sockets;

/// <summary>Takes WebSocket handshakes over HTTP.</summary>
internal sealed class SocketDoor(SocketExchange exchange)
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public async Task ProcessAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        var key = context.Request.Headers.SecWebSocketKey.ToString();
        if (upgrade?.IsUpgradableRequest != true || key.Length == 0 || context.Request.Headers.SecWebSocketVersion != "13")
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var entry = exchange.Arrive(context.Request.Path.Value!);
        if (entry.Status == 0)
        {
            if (exchange.Outage == OutageMode.Hang)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            context.Abort();
            return;
        }

        context.Response.StatusCode = entry.Status;
        if (entry.Status != (int)HttpStatusCode.SwitchingProtocols)
            return;

        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = Accept(key);
        var stream = await upgrade.UpgradeAsync().ConfigureAwait(false);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        var link = new KestrelLink(context, socket);
        await link.RunAsync(exchange.Open(entry, _ => link), exchange, cancellationToken).ConfigureAwait(false);
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1 here, and not for secrecy.")]
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Magic)));
}
