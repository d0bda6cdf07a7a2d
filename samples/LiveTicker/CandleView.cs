using System.Globalization;
using OkxData.Models;

namespace LiveTicker;

/// <summary>Writes a line for each candle that closes.</summary>
internal static class CandleView
{
    public static string Heading { get; } = $"{"opening (UTC)",-16} {"symbol",-16} {"open",14} {"high",14} {"low",14} {"close",14} {"volume",16}";

    public static void Write(CandleUpdate update)
    {
        var candle = update.Candle;
        if (update.MissingBefore is { } missing)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"OKX has no candle of {update.Symbol} from {missing.Start:yyyy-MM-dd HH:mm} to {missing.End:yyyy-MM-dd HH:mm}."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{candle.OpenTime:yyyy-MM-dd HH:mm} {update.Symbol,-16} {candle.Open,14} {candle.High,14} {candle.Low,14} {candle.Close,14} {candle.Volume,16}{(update.IsLive ? "" : "  (fetched)")}"));
    }
}
