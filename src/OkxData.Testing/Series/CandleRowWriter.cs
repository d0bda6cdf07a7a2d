using System.Globalization;
using System.Text.Json;

namespace OkxData.Testing.Series;

/// <summary>Writes a candle as OKX does: nine strings, over REST and over sockets alike.</summary>
internal static class CandleRowWriter
{
    public static void Write(Utf8JsonWriter writer, CandleRow row)
    {
        Span<char> time = stackalloc char[20];
        row.Opening.TryFormat(time, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteStartArray();
        writer.WriteStringValue(time[..length]);
        writer.WriteStringValue(row.Open);
        writer.WriteStringValue(row.High);
        writer.WriteStringValue(row.Low);
        writer.WriteStringValue(row.Close);
        writer.WriteStringValue(row.Volume);
        writer.WriteStringValue(row.VolumeInCurrency);
        writer.WriteStringValue(row.QuoteVolume);
        writer.WriteStringValue(row.IsConfirmed ? "1" : "0");
        writer.WriteEndArray();
    }
}
