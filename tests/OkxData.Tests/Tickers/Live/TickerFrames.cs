using System.Globalization;
using OkxData.Tests.Streaming;

namespace OkxData.Tests.Tickers.Live;

/// <summary>Frames of the channel <c>tickers</c>, with every field that OKX sends.</summary>
internal static class TickerFrames
{
    public static string Row(string symbol, string price, long milliseconds, string? volume = null) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"instType":"SPOT","instId":"{{symbol}}","last":"{{price}}","lastSz":"0.1","askPx":"{{price}}","askSz":"1","bidPx":"{{price}}","bidSz":"1","open24h":"1","high24h":"9","low24h":"1","sodUtc0":"2","sodUtc8":"3","volCcy24h":"{{volume ?? "1000"}}","vol24h":"10","ts":"{{milliseconds}}"}""");

    public static string Push(string symbol, string price, long milliseconds) => StreamHarness.Push(symbol, $"[{Row(symbol, price, milliseconds)}]");
}
