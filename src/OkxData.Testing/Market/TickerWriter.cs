using System.Text.Json;
using OkxData.Testing.Series;

namespace OkxData.Testing.Market;

/// <summary>Writes a ticker made of the candles of the last 24 hours.</summary>
internal static class TickerWriter
{
    public static void Write(Utf8JsonWriter writer, ListedSymbol symbol, string typeWord, DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        var day = symbol.Series.ReadDay(milliseconds);
        var tick = SymbolShape.TickOf(symbol.Definition);
        writer.WriteStartObject();
        writer.WriteString("instType", typeWord);
        writer.WriteString("instId", symbol.Name);
        writer.WriteString("last", day?.Last ?? "");
        writer.WriteString("lastSz", day is null ? "0" : "0.01");
        writer.WriteString("askPx", day is null ? "" : Figures.Text(Figures.Parse(day.Last) + tick));
        writer.WriteString("askSz", day is null ? "" : "1.5");
        writer.WriteString("bidPx", day?.Last ?? "");
        writer.WriteString("bidSz", day is null ? "" : "2.25");
        writer.WriteString("open24h", day?.Open ?? "");
        writer.WriteString("high24h", day?.High ?? "");
        writer.WriteString("low24h", day?.Low ?? "");
        writer.WriteString("volCcy24h", day?.VolumeInCurrency ?? "0");
        writer.WriteString("vol24h", day?.Volume ?? "0");
        writer.WriteString("ts", Figures.Text(milliseconds));
        writer.WriteString("sodUtc0", day?.OpenOfUtcDay ?? "");
        writer.WriteString("sodUtc8", day?.OpenOfHongKongDay ?? "");
        writer.WriteEndObject();
    }
}
