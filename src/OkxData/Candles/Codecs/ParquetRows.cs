using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Codecs;

/// <summary>Between candles and the columns of a row group.</summary>
internal static class ParquetRows
{
    /// <summary>Fills the columns; <paramref name="counts"/> tells how many contracts and exact texts are not null.</summary>
    public static void Split(ReadOnlySpan<Candle> candles, ParquetColumns columns, out (int Contracts, int Exact) counts)
    {
        Span<int> scales = stackalloc int[ParquetLayout.FigureCount];
        Span<decimal> figures = stackalloc decimal[ParquetLayout.FigureCount];
        Span<char> text = stackalloc char[ParquetLayout.FigureCount * ExactText.MaxLength];
        scales.Clear();
        counts = default;
        for (var row = 0; row < candles.Length; row++)
        {
            ref readonly var candle = ref candles[row];
            (figures[0], figures[1], figures[2], figures[3]) = (candle.Open, candle.High, candle.Low, candle.Close);
            (figures[4], figures[5], figures[6]) = (candle.Volume, candle.QuoteVolume, candle.Contracts ?? 0);
            columns.OpenTimes.Span[row] = UnixTime.ToMilliseconds(candle.OpenTime);
            columns.ContractLevels.Span[row] = candle.Contracts.HasValue ? 1 : 0;

            var length = 0;
            for (var figure = 0; figure < figures.Length; figure++)
            {
                if (figure == ParquetLayout.Contracts && candle.Contracts is null)
                    continue;
                var value = Figures.ToDouble(figures[figure]);
                columns.Figure(figure).Span[figure == ParquetLayout.Contracts ? counts.Contracts++ : row] = value;
                if (!Figures.TryToDecimal(value, ref scales[figure], out var read) || read != figures[figure])
                    length = ExactText.Append(text, length, figure, figures[figure]);
            }

            columns.ExactLevels.Span[row] = length > 0 ? 1 : 0;
            if (length > 0)
                columns.Exact.Span[counts.Exact++] = text[..length].ToArray();
        }
    }

    /// <summary>Makes the candles in place.</summary>
    /// <exception cref="FormatException">A figure is in neither its column nor the exact text.</exception>
    public static void Join(ParquetColumns columns, Span<Candle> candles)
    {
        Span<int> scales = stackalloc int[ParquetLayout.FigureCount];
        Span<decimal> figures = stackalloc decimal[ParquetLayout.FigureCount];
        scales.Clear();
        var times = columns.OpenTimes.Span;
        var contractLevels = columns.ContractLevels.Span;
        var exactLevels = columns.ExactLevels.Span;
        var exact = columns.Exact.Span;
        ReadOnlySpan<double> open = columns.Figure(0).Span, high = columns.Figure(1).Span, low = columns.Figure(2).Span, close = columns.Figure(3).Span;
        ReadOnlySpan<double> volume = columns.Figure(4).Span, quoteVolume = columns.Figure(5).Span, contracts = columns.Figure(6).Span;
        var (nextContracts, nextExact) = (0, 0);

        for (var row = 0; row < candles.Length; row++)
        {
            var named = exactLevels[row] == 0 ? 0 : ExactText.Parse(exact[nextExact++].Span, figures);
            Take(open[row], 0, named, figures, scales);
            Take(high[row], 1, named, figures, scales);
            Take(low[row], 2, named, figures, scales);
            Take(close[row], 3, named, figures, scales);
            Take(volume[row], 4, named, figures, scales);
            Take(quoteVolume[row], 5, named, figures, scales);
            var hasContracts = contractLevels[row] != 0;
            if (hasContracts)
                Take(contracts[nextContracts++], 6, named, figures, scales);

            candles[row] = new Candle
            {
                OpenTime = UnixTime.FromMilliseconds(times[row]),
                Open = figures[0],
                High = figures[1],
                Low = figures[2],
                Close = figures[3],
                Volume = figures[4],
                QuoteVolume = figures[5],
                Contracts = hasContracts ? figures[6] : null,
                IsFinished = true,
            };
        }
    }

    private static void Take(double value, int figure, uint named, Span<decimal> figures, Span<int> scales)
    {
        if ((named & (1u << figure)) == 0 && !Figures.TryToDecimal(value, ref scales[figure], out figures[figure]))
            throw new FormatException($"Figure {figure} has more digits than a double holds and no exact text.");
    }
}
