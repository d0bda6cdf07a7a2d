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
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < rows; row++)
                values[row, column] = double.NaN;
            foreach (ref readonly var candle in shape.Series[column].AsSpan())
            {
                if (!IsUsable(candle, grid, price, out var open))
                    continue;
                var row = grid.CountBetween(first, open);
                values[row, column] = ToDouble(price(candle));
                observed[row, column] = true;
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
        var whole = Enumerable.Range(0, draft.Frame.Opens.Length).Where(row => Enumerable.Range(0, columns).All(column => draft.Observed[row, column])).ToArray();
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

        return new PricePanel(draft.Frame, draft.Field, values, observed, PricePanel.CountFills(values, observed));
    }

    /// <summary>The one place where the decimals of candles become the doubles of panels: the nearest double, about 16 significant digits.</summary>
    private static double ToDouble(decimal price) => (double)price;

    private static (long First, long Last) Extent(CandleSeries[] series, BarGrid grid, PriceOf price)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var one in series)
        {
            foreach (ref readonly var candle in one.AsSpan())
            {
                if (IsUsable(candle, grid, price, out var open))
                    (first, last) = (Math.Min(first, open), Math.Max(last, open));
            }
        }

        return (first, last);
    }

    private static bool IsUsable(in Candle candle, BarGrid grid, PriceOf price, out long open)
    {
        open = UnixTime.ToMilliseconds(candle.OpenTime);
        return candle.IsFinished && price(candle) > 0 && grid.Contains(open);
    }

    private static PriceOf Selector(PriceField field) => field switch
    {
        PriceField.Open => static (in Candle candle) => candle.Open,
        PriceField.High => static (in Candle candle) => candle.High,
        PriceField.Low => static (in Candle candle) => candle.Low,
        _ => static (in Candle candle) => candle.Close,
    };
}
