using System.Text.Json;
using OkxData.Caching;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Codecs;

internal static class JsonCandleReader
{
    // The shortest row: [0,0,0,0,0,0,0,null]
    private const int MinRowLength = 20;

    public static readonly string[] Columns = ["openTime", "open", "high", "low", "close", "volume", "quoteVolume", "contracts"];

    /// <exception cref="CorruptPayloadException">A later release wrote the document.</exception>
    /// <exception cref="JsonException">The document is not what the writer makes.</exception>
    public static CandleSegment Read(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        string? symbol = null;
        BarSize? bar = null;
        long? fetchedAt = null;
        var (covered, gaps) = (new List<Interval>(), new List<KnownGap>());
        ReadOnlyMemory<Candle>? candles = null;
        var (version, generation) = (0, 1);

        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (name == "schema" && (version = reader.GetInt32()) > CodecLimits.SchemaVersion)
                throw CodecLimits.Newer(version);
            else if (name == "symbol")
                symbol = reader.GetString();
            else if (name == "bar")
                bar = BarSizes.TryParseCode(reader.GetString() ?? "", out var parsed) ? parsed : throw new JsonException("The bar size is unknown.");
            else if (name == "fetchedAt")
                fetchedAt = reader.GetInt64();
            else if (name == "generation")
                generation = reader.GetInt32();
            else if (name == "covered")
                ReadAll(ref reader, covered, static (ref Utf8JsonReader reader) => ReadInterval(ref reader));
            else if (name == "gaps")
                ReadAll(ref reader, gaps, static (ref Utf8JsonReader reader) => new KnownGap(ReadInterval(ref reader), NextNumber(ref reader)));
            else if (name == "columns")
                ReadColumns(ref reader);
            else if (name == "candles")
                candles = ReadCandles(ref reader, content.Length);
            else
                reader.Skip();
        }

        if (version < 1 || reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException("The document has no schema version or goes on after its end.");
        return new CandleSegment
        {
            Symbol = symbol ?? throw new JsonException("The symbol is missing."),
            Bar = bar ?? throw new JsonException("The bar size is missing."),
            Candles = candles ?? throw new JsonException("The candles are missing."),
            Covered = IntervalSet.Of(covered),
            Gaps = gaps,
            FetchedAt = fetchedAt ?? throw new JsonException("The time of fetching is missing."),
            Generation = generation,
        };
    }

    private delegate T ElementReader<T>(ref Utf8JsonReader reader);

    private static void ReadAll<T>(ref Utf8JsonReader reader, List<T> target, ElementReader<T> read)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            target.Add(read(ref reader));
            Expect(ref reader, JsonTokenType.EndArray);
        }
    }

    private static Interval ReadInterval(ref Utf8JsonReader reader)
    {
        var interval = new Interval(NextNumber(ref reader), NextNumber(ref reader));
        return interval.IsEmpty ? throw new JsonException("An interval of the coverage is empty.") : interval;
    }

    private static long NextNumber(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        var number = reader.GetInt64();
        return UnixTime.IsRepresentable(number) ? number : throw new JsonException($"{number} ms is no instant.");
    }

    private static void ReadColumns(ref Utf8JsonReader reader)
    {
        foreach (var column in Columns)
        {
            Expect(ref reader, JsonTokenType.String);
            if (!reader.ValueTextEquals(column))
                throw new JsonException($"Column '{column}' is not in its place.");
        }

        Expect(ref reader, JsonTokenType.EndArray);
    }

    private static Memory<Candle> ReadCandles(ref Utf8JsonReader reader, int length)
    {
        var limit = Math.Min(CodecLimits.MaxRows, length / MinRowLength + 1);
        var candles = new Candle[Math.Min(limit, length / 64 + 1)];
        var count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            if (count == limit)
                throw new JsonException($"The document has more than {limit} candles.");
            if (count == candles.Length)
                Array.Resize(ref candles, Math.Min(limit, 2 * count));

            candles[count++] = new Candle
            {
                OpenTime = UnixTime.FromMilliseconds(NextNumber(ref reader)),
                Open = NextFigure(ref reader),
                High = NextFigure(ref reader),
                Low = NextFigure(ref reader),
                Close = NextFigure(ref reader),
                Volume = NextFigure(ref reader),
                QuoteVolume = NextFigure(ref reader),
                Contracts = reader.Read() && reader.TokenType == JsonTokenType.Null ? null : Figures.Canonical(reader.GetDecimal()),
                IsFinished = true,
            };
            Expect(ref reader, JsonTokenType.EndArray);
        }

        return candles.AsMemory(0, count);
    }

    private static decimal NextFigure(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return Figures.Canonical(reader.GetDecimal());
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
            throw new JsonException($"The document has {reader.TokenType} where {token} belongs.");
    }
}
