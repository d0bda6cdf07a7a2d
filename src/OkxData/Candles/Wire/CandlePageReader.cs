using System.Buffers;
using System.Text.Json;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Wire;

/// <summary>Reads the rows of <c>candles</c> and <c>history-candles</c> in one pass, straight into numbers.</summary>
/// <remarks>
/// A row is [ts, o, h, l, c, vol, volCcy, volCcyQuote, confirm]. Spot counts <c>vol</c> in base currency; derivatives count it in
/// contracts and <c>volCcy</c> in base currency. A row that cannot be read is set aside with the reason; the others are not affected.
/// </remarks>
internal static class CandlePageReader
{
    /// <summary>The most rows that a reply may have; OKX sends 300 at most.</summary>
    public const int MaxRows = 2_000;

    private const int UsualRows = 300;
    private const int Figures = 7;
    private const int Volume = 4;
    private const int VolumeInCurrency = 5;
    private const int VolumeInQuote = 6;

    private static readonly string[] FieldNames =
    [
        "opening time (ts)", "open (o)", "high (h)", "low (l)", "close (c)", "volume (vol)", "volume (volCcy)", "quote volume (volCcyQuote)", "confirm flag (confirm)",
    ];

    private static readonly DataReader<CandlePage> ReadSpot = static (ref reader) => Read(ref reader, isDerivative: false);
    private static readonly DataReader<CandlePage> ReadDerivative = static (ref reader) => Read(ref reader, isDerivative: true);

    public static DataReader<CandlePage> For(bool isDerivative) => isDerivative ? ReadDerivative : ReadSpot;

    /// <param name="reader">Stands on the first token of <c>data</c>; is left on its last.</param>
    /// <param name="isDerivative">Whether volumes are in contracts.</param>
    /// <exception cref="OkxPayloadException"><c>data</c> is no array, or has more than <see cref="MaxRows"/> rows.</exception>
    /// <exception cref="JsonException">The reply is not JSON.</exception>
    public static CandlePage Read(ref Utf8JsonReader reader, bool isDerivative)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new OkxPayloadException($"OKX sent candles whose data is {reader.TokenType}, not an array of rows; please report it.") { Path = "data" };

        var rows = ArrayPool<Candle>.Shared.Rent(UsualRows);
        try
        {
            return ReadRows(ref reader, isDerivative, ref rows);
        }
        finally
        {
            ArrayPool<Candle>.Shared.Return(rows);
        }
    }

    private static CandlePage ReadRows(ref Utf8JsonReader reader, bool isDerivative, ref Candle[] rows)
    {
        List<BrokenRow>? broken = null;
        Span<decimal> figures = stackalloc decimal[Figures];
        Span<byte> scratch = stackalloc byte[FigureReader.ScratchLength];
        var count = 0;
        for (var index = 0; ; index++)
        {
            Advance(ref reader);
            if (reader.TokenType == JsonTokenType.EndArray)
                break;
            if (index == MaxRows)
                throw new OkxPayloadException($"OKX sent more than {MaxRows} candles in one reply, where 300 are documented; please report it.") { Path = $"data[{index}]" };

            if (count == rows.Length)
                Grow(ref rows);
            var fault = ReadRow(ref reader, isDerivative, figures, scratch, ref rows[count], out var openTime);
            if (fault is null)
                count++;
            else
                (broken ??= []).Add(new BrokenRow(index, openTime, fault));
        }

        if (count == 0 && broken is null)
            return CandlePage.Empty;
        return new CandlePage { Candles = rows.AsSpan(0, count).ToArray(), BrokenRows = broken ?? CandlePage.Empty.BrokenRows };
    }

    /// <summary>Reads the row that begins at the reader's token, and leaves the reader on the row's last token.</summary>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    private static string? ReadRow(ref Utf8JsonReader reader, bool isDerivative, scoped Span<decimal> figures, scoped Span<byte> scratch, ref Candle candle, out DateTimeOffset? openTime)
    {
        openTime = null;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            if (!reader.TrySkip())
                throw EndsEarly();
            return "the row is not an array";
        }

        var depth = reader.CurrentDepth;
        var field = 0;
        Advance(ref reader);
        var fault = FigureReader.ReadTime(in reader, scratch, out var milliseconds);
        if (fault == FigureFault.None)
            openTime = UnixTime.FromMilliseconds(milliseconds);

        while (fault == FigureFault.None && field < Figures)
        {
            Advance(ref reader);
            fault = FigureReader.ReadDecimal(in reader, scratch, out figures[field++]);
        }

        var isFinished = false;
        if (fault == FigureFault.None)
        {
            field++;
            Advance(ref reader);
            fault = FigureReader.ReadFlag(in reader, scratch, out isFinished);
        }

        while (reader.TokenType != JsonTokenType.EndArray || reader.CurrentDepth != depth)
            Advance(ref reader);
        if (fault != FigureFault.None)
            return Describe(field, fault);

        candle = new Candle
        {
            OpenTime = openTime.GetValueOrDefault(),
            Open = figures[0],
            High = figures[1],
            Low = figures[2],
            Close = figures[3],
            Volume = figures[isDerivative ? VolumeInCurrency : Volume],
            QuoteVolume = figures[VolumeInQuote],
            Contracts = isDerivative ? figures[Volume] : null,
            IsFinished = isFinished,
        };
        return null;
    }

    private static string Describe(int field, FigureFault fault) => fault switch
    {
        FigureFault.RowEnds => $"the row ends before its {FieldNames[field]}",
        FigureFault.Empty => $"the {FieldNames[field]} is empty",
        FigureFault.Null => $"the {FieldNames[field]} is null",
        FigureFault.TooManyDigits => $"the {FieldNames[field]} has more digits than a decimal holds",
        _ when field == 0 => $"the {FieldNames[field]} is not an instant in Unix milliseconds",
        _ when field == FieldNames.Length - 1 => $"the {FieldNames[field]} is neither 0 nor 1",
        _ => $"the {FieldNames[field]} is not a number",
    };

    private static void Grow(ref Candle[] rows)
    {
        var larger = ArrayPool<Candle>.Shared.Rent(rows.Length * 2);
        rows.CopyTo(larger, 0);
        ArrayPool<Candle>.Shared.Return(rows);
        rows = larger;
    }

    private static void Advance(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw EndsEarly();
    }

    private static JsonException EndsEarly() => new("The reply ends inside its data.");
}
