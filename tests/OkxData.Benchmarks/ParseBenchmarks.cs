using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OkxData.Candles.Wire;
using OkxData.Models;

namespace OkxData.Benchmarks;

/// <summary>One reply of 300 rows to candles, three ways.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    public const int Rows = 300;
    private readonly byte[] _body = CandleBody.Create(Rows);

    [Benchmark]
    public int OkxData() => ReadPage(_body).Candles.Length;

    /// <summary>The plain way without waste: a walk, Utf8Parser's decimals, an array of the known length.</summary>
    [Benchmark(Baseline = true)]
    public int PlainUtf8Parser()
    {
        var reader = AtData(_body);
        var candles = new Candle[Rows];
        var count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            candles[count++] = new Candle
            {
                OpenTime = DateTimeOffset.FromUnixTimeMilliseconds(NextInteger(ref reader)),
                Open = NextDecimal(ref reader),
                High = NextDecimal(ref reader),
                Low = NextDecimal(ref reader),
                Close = NextDecimal(ref reader),
                Volume = NextDecimal(ref reader),
                QuoteVolume = NextDecimal(ref reader, skip: 1),
                IsFinished = NextInteger(ref reader) == 1,
            };
            reader.Read();
        }

        return candles.Length;
    }

    [Benchmark]
    public int JsonDocumentAndStrings()
    {
        using var document = JsonDocument.Parse(_body);
        var data = document.RootElement.GetProperty("data");
        var candles = new Candle[data.GetArrayLength()];
        var count = 0;
        foreach (var row in data.EnumerateArray())
        {
            candles[count++] = new Candle
            {
                OpenTime = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(row[0].GetString()!, CultureInfo.InvariantCulture)),
                Open = Decimal(row[1]),
                High = Decimal(row[2]),
                Low = Decimal(row[3]),
                Close = Decimal(row[4]),
                Volume = Decimal(row[5]),
                QuoteVolume = Decimal(row[7]),
                IsFinished = row[8].GetString() == "1",
            };
        }

        return candles.Length;
    }

    internal static CandlePage ReadPage(byte[] body)
    {
        var reader = AtData(body);
        return CandlePageReader.Read(ref reader, isDerivative: false);
    }

    private static Utf8JsonReader AtData(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("data"u8))
                break;
        }

        reader.Read();
        return reader;
    }

    private static long NextInteger(ref Utf8JsonReader reader) =>
        reader.Read() && Utf8Parser.TryParse(reader.ValueSpan, out long value, out _) ? value : throw new FormatException();

    private static decimal NextDecimal(ref Utf8JsonReader reader, int skip = 0)
    {
        for (; skip > 0; skip--)
            reader.Read();
        return reader.Read() && Utf8Parser.TryParse(reader.ValueSpan, out decimal value, out _) ? value : throw new FormatException();
    }

    private static decimal Decimal(JsonElement element) => decimal.Parse(element.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
