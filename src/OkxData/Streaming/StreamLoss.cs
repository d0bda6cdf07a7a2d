using System.Globalization;
using System.Net.WebSockets;
using OkxData.Diagnostics;

namespace OkxData.Streaming;

/// <summary>Why a connection ended, or was not to be had.</summary>
/// <param name="Reason">What happened, in words that end a sentence.</param>
internal sealed record StreamLoss(string Reason)
{
    /// <summary>We ended it.</summary>
    public static StreamLoss Closed { get; } = new("it is not needed any longer");

    public static StreamLoss Deaf { get; } = new("OKX answered none of several subscriptions");

    public static StreamLoss Silent(TimeSpan quiet) =>
        new(string.Create(CultureInfo.InvariantCulture, $"nothing was received for {quiet.TotalSeconds:0.#} s, not even an answer to a ping"));

    public static StreamLoss ByPeer(WebSocket socket)
    {
        var words = ServerText.Clean(socket.CloseStatusDescription);
        var status = socket.CloseStatus is { } given ? $"with status {(int)given}" : "without a status";
        return new($"OKX closed it {status}{(words.Length == 0 ? "" : $" ({words})")}");
    }

    public static StreamLoss Of(Exception exception)
    {
        var root = exception.GetBaseException();
        var words = ServerText.Clean(exception.Message).TrimEnd('.');
        return new(root == exception ? words : $"{words} ({ServerText.Clean(root.Message).TrimEnd('.')})");
    }
}
