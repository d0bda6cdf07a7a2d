using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using OkxData.Caching;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Codecs;

internal static class JsonCandleWriter
{
    private const int MaxFigureLength = 32;
    private const int MaxRowLength = 24 + 7 * MaxFigureLength;

    /// <summary>The document, with a placeholder where the checksum goes.</summary>
    public static void Write(CandleSegment segment, IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString(JsonSeal.Property, JsonSeal.Placeholder);
        writer.WriteNumber("schema", CodecLimits.SchemaVersion);
        writer.WriteString("symbol", segment.Symbol);
        writer.WriteString("bar", segment.Bar.ToCode());
        writer.WriteNumber("fetchedAt", segment.FetchedAt);
        if (segment.Generation > 1)
            writer.WriteNumber("generation", segment.Generation);
        writer.WriteStartArray("covered");
        foreach (var interval in segment.Covered)
            WriteInterval(writer, interval, null);
        writer.WriteEndArray();
        writer.WriteStartArray("gaps");
        foreach (var gap in segment.Gaps)
            WriteInterval(writer, gap.Openings, gap.AskedAt);
        writer.WriteEndArray();
        writer.WriteStartArray("columns");
        foreach (var column in JsonCandleReader.Columns)
            writer.WriteStringValue(column);
        writer.WriteEndArray();

        writer.WriteStartArray("candles");
        Span<byte> row = stackalloc byte[MaxRowLength];
        foreach (ref readonly var candle in segment.Candles.Span)
            writer.WriteRawValue(row[..Format(candle, row)], skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter writer, Interval interval, long? askedAt)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(interval.Start);
        writer.WriteNumberValue(interval.End);
        if (askedAt is { } instant)
            writer.WriteNumberValue(instant);
        writer.WriteEndArray();
    }

    // A raw value may start with white space, which puts each candle on a line of its own.
    private static int Format(in Candle candle, Span<byte> row)
    {
        "\n["u8.CopyTo(row);
        Utf8Formatter.TryFormat(UnixTime.ToMilliseconds(candle.OpenTime), row[2..], out var length);
        var at = 2 + length;
        at += FormatFigure(candle.Open, row[at..]);
        at += FormatFigure(candle.High, row[at..]);
        at += FormatFigure(candle.Low, row[at..]);
        at += FormatFigure(candle.Close, row[at..]);
        at += FormatFigure(candle.Volume, row[at..]);
        at += FormatFigure(candle.QuoteVolume, row[at..]);
        at += FormatFigure(candle.Contracts, row[at..]);
        row[at] = (byte)']';
        return at + 1;
    }

    private static int FormatFigure(decimal? figure, Span<byte> target)
    {
        target[0] = (byte)',';
        if (figure is not { } value)
        {
            "null"u8.CopyTo(target[1..]);
            return 5;
        }

        Figures.Canonical(value).TryFormat(target[1..], out var length, default, CultureInfo.InvariantCulture);
        return 1 + length;
    }
}
