using System.Globalization;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Panels;

/// <summary>A panel in the making: what was observed, then which rows stay, then what is filled.</summary>
internal static class PanelBuilder
{
    private delegate decimal PriceOf(in Candle candle);

    public sealed record Draft(PanelFrame Frame, PriceField Field, double[,] Values, bool[,] Observed);

    /// <summary>Every bar from the first price of any series to the last of any.</summary>
    public static Draft Observe(BatchShape shape, PriceField field)
    {
        var grid = shape.Bar.ToGrid();
        var price = Selector(field);
        var (first, last) = Extent(shape.Series, grid, price);
        var rows = first > last ? 0 : grid.CountBetween(first, last) + 1;
        var columns = shape.Series.Length;
        var values = new double[rows, columns];
        var observed = new bool[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                values[row, column] = double.NaN;
        }

        for (var column = 0; column < columns; column++)
        {
            // Nearly always a candle opens where the one before has closed, which saves dividing.
            var (next, nextRow) = (first, 0L);
            foreach (ref readonly var candle in shape.Series[column].AsSpan())
            {
                var open = UnixTime.ToMilliseconds(candle.OpenTime);
                if (open != next)
                {
                    if (!grid.Contains(open) || open < first || open > last)
                        continue;
                    nextRow = grid.CountBetween(first, open);
                }

                var value = price(candle);
                if (candle.IsFinished && value > 0)
                {
                    values[nextRow, column] = ToDouble(value);
                    observed[nextRow, column] = true;
                }

                (next, nextRow) = (grid.Add(open, 1), nextRow + 1);
            }
        }

        var opens = new long[rows];
        for (var row = 0; row < rows; row++)
            opens[row] = grid.Add(first, row);
        return new Draft(new PanelFrame(shape.Bar, shape.QuoteCurrency, Array.ConvertAll(shape.Series, one => one.Symbol), opens), field, values, observed);
    }

    /// <summary>Only the rows in which nothing is missing.</summary>
    public static Draft WholeRows(Draft draft)
    {
        var columns = draft.Frame.Symbols.Length;
        var whole = Enumerable.Range(0, draft.Frame.Opens.Length).Where(row => IsWhole(draft.Observed, row)).ToArray();
        var values = new double[whole.Length, columns];
        var observed = new bool[whole.Length, columns];
        for (var row = 0; row < whole.Length; row++)
        {
            for (var column = 0; column < columns; column++)
                (values[row, column], observed[row, column]) = (draft.Values[whole[row], column], true);
        }

        return draft with { Frame = draft.Frame with { Opens = Array.ConvertAll(whole, row => draft.Frame.Opens[row]) }, Values = values, Observed = observed };
    }

    public static void ThrowIfAnyMissing(Draft draft)
    {
        var issues = new List<DataIssue>();
        var grid = draft.Frame.Bar.ToGrid();
        for (var column = 0; column < draft.Frame.Symbols.Length; column++)
        {
            var holes = draft.Frame.Opens.Where((_, row) => !draft.Observed[row, column]).ToArray();
            if (holes.Length == 0)
                continue;
            issues.Add(new DataIssue
            {
                Rule = "panel.missing-price",
                Severity = IssueSeverity.Error,
                Range = new Interval(holes[0], grid.Add(holes[^1], 1)).ToRange(),
                Message = string.Create(CultureInfo.InvariantCulture, $"{draft.Frame.Symbols[column]} has no price in {holes.Length} of {draft.Frame.Opens.Length} bars, the first at {UnixTime.FromMilliseconds(holes[0]):yyyy-MM-dd'T'HH:mm:ss'Z'}"),
            });
        }

        if (issues.Count > 0)
        {
            throw new OkxValidationException(
                $"Prices are missing: {BatchShape.Listed(issues.Select(issue => issue.Message))}. Use Alignment.Intersection, MissingPrice.Nan or MissingPrice.ForwardFill, or leave these symbols out.")
            { Report = issues };
        }
    }

    /// <summary>Carries each price over at most so many bars. In a panel of whole rows there is nothing to carry.</summary>
    public static PricePanel Fill(Draft draft, int maxBars)
    {
        var (values, observed) = (draft.Values, draft.Observed);
        for (var column = 0; column < draft.Frame.Symbols.Length && maxBars > 0; column++)
        {
            var left = 0;
            for (var row = 0; row < draft.Frame.Opens.Length; row++)
            {
                if (observed[row, column])
                    left = maxBars;
                else if (left-- > 0)
                    values[row, column] = values[row - 1, column];
                else
                    left = 0;
            }
        }

        return new PricePanel(draft.Frame, draft.Field, values, observed, maxBars == 0 ? new int[draft.Frame.Symbols.Length] : PricePanel.CountFills(values, observed));
    }

    private static bool IsWhole(bool[,] observed, int row)
    {
        for (var column = 0; column < observed.GetLength(1); column++)
        {
            if (!observed[row, column])
                return false;
        }

        return true;
    }

    /// <summary>The one place where the decimals of candles become the doubles of panels: the nearest double, about 16 significant digits.</summary>
    private static double ToDouble(decimal price) => (double)price;

    private static (long First, long Last) Extent(CandleSeries[] series, BarGrid grid, PriceOf price)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var one in series)
        {
            var candles = one.AsSpan();
            var from = 0;
            while (from < candles.Length && !IsUsable(candles[from], grid, price))
                from++;
            var to = candles.Length - 1;
            while (to > from && !IsUsable(candles[to], grid, price))
                to--;
            if (from <= to)
                (first, last) = (Math.Min(first, UnixTime.ToMilliseconds(candles[from].OpenTime)), Math.Max(last, UnixTime.ToMilliseconds(candles[to].OpenTime)));
        }

        return (first, last);
    }

    private static bool IsUsable(in Candle candle, BarGrid grid, PriceOf price) =>
        candle.IsFinished && price(candle) > 0 && grid.Contains(UnixTime.ToMilliseconds(candle.OpenTime));

    private static PriceOf Selector(PriceField field) => field switch
    {
        PriceField.Open => static (in Candle candle) => candle.Open,
        PriceField.High => static (in Candle candle) => candle.High,
        PriceField.Low => static (in Candle candle) => candle.Low,
        _ => static (in Candle candle) => candle.Close,
    };
}
