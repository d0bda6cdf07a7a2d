using OkxData.Models;

namespace OkxData.Panels;

/// <summary>The prices of many assets side by side: a row a bar, a column an asset, in one quote currency.</summary>
/// <remarks>
/// Prices are doubles, since covariances need them; the decimals of the candles are converted once, when the panel is made, each to the nearest
/// double. Only finished candles are in it. Thread-safe as long as nobody writes into <see cref="Values"/> or <see cref="Observed"/>, which are not copies.
/// </remarks>
public sealed class PricePanel
{
    private readonly PanelFrame _frame;
    private readonly int[] _fillCounts;

    internal PricePanel(PanelFrame frame, PriceField field, double[,] values, bool[,] observed, int[] fillCounts) =>
        (_frame, OpenTimes, Field, Values, Observed, _fillCounts) = (frame, frame.ToOpenTimes(), field, values, observed, fillCounts);

    /// <summary>The length of a row.</summary>
    public BarSize Bar => _frame.Bar;

    /// <summary>The currency of every price.</summary>
    public string QuoteCurrency => _frame.QuoteCurrency;

    /// <summary>Which price of a candle the panel holds.</summary>
    public PriceField Field { get; }

    /// <summary>The assets of the columns, as OKX writes them, in the order of their letters (ordinal).</summary>
    public IReadOnlyList<string> Symbols => _frame.Symbols;

    /// <summary>The opening time of each row, UTC, oldest first. A row's prices are known at its close, not before.</summary>
    public IReadOnlyList<DateTimeOffset> OpenTimes { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => _frame.Opens.Length;

    /// <summary>The prices, [row, column]; not a number where there is none, never zero.</summary>
    public double[,] Values { get; }

    /// <summary>Whether a price is one that OKX published for that very bar, [row, column]; not so where it is filled or missing.</summary>
    public bool[,] Observed { get; }

    /// <summary>How many prices of each column are filled in rather than observed.</summary>
    public IReadOnlyList<int> FillCounts => _fillCounts;

    /// <summary>The UTC date of each row, for bars of a day and longer; a week is named by its Monday, a month by its first day.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">The bar is shorter than a day.</exception>
    public DateOnly[] ToDates() => _frame.Dates();

    /// <summary>When a row's bar closes, UTC: from this instant on its prices are known.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The first instant after the bar.</returns>
    public DateTimeOffset CloseTime(int row) => _frame.CloseTime(row);

    /// <summary>The column of an asset.</summary>
    /// <param name="symbol">The asset, as OKX writes it or like <c>btc/usdt</c>.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The panel has no such asset.</exception>
    public int IndexOf(string symbol) => _frame.IndexOf(symbol);

    /// <summary>How many prices of an asset are filled in rather than observed.</summary>
    /// <param name="symbol">The asset.</param>
    /// <returns>The count.</returns>
    /// <exception cref="ArgumentException">The panel has no such asset.</exception>
    public int FillCount(string symbol) => _fillCounts[IndexOf(symbol)];

    /// <summary>
    /// The returns from each row to the next. A row of returns is named by the bar in which it was earned, so there is one less than of prices.
    /// </summary>
    /// <param name="kind">How a return is made of two prices.</param>
    /// <returns>
    /// The returns: not a number exactly where one of the two prices is missing, never zero in its place. Where an <see cref="Alignment.Intersection"/>
    /// left bars out, the price of the bar before is missing too: a return over two days is not a daily one. A price that
    /// <see cref="MissingPrice.ForwardFill"/> put there does count, but its returns are not <see cref="ReturnPanel.Observed"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not a <see cref="ReturnKind"/>.</exception>
    public ReturnPanel ToReturns(ReturnKind kind = ReturnKind.Log)
    {
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of return; use Log or Simple.");

        var rows = Math.Max(Rows - 1, 0);
        var returns = new double[rows, Symbols.Count];
        var observed = new bool[rows, Symbols.Count];
        for (var row = 0; row < rows; row++)
        {
            var adjacent = _frame.FollowsDirectly(row + 1);
            for (var column = 0; column < Symbols.Count; column++)
            {
                var ratio = adjacent ? Values[row + 1, column] / Values[row, column] : double.NaN;
                returns[row, column] = kind == ReturnKind.Log ? Math.Log(ratio) : ratio - 1;
                observed[row, column] = adjacent && Observed[row, column] && Observed[row + 1, column];
            }
        }

        return new ReturnPanel(_frame with { Opens = _frame.Opens[Math.Min(1, Rows)..] }, kind, returns, observed);
    }

    /// <summary>
    /// What was known at an instant: the given number of bars up to the last that had closed by then. A bar opens before and closes at or before
    /// <paramref name="asOf"/>, so at 00:00 UTC the day that has just ended is the newest row, and the day that begins is not there.
    /// </summary>
    /// <param name="asOf">The instant; any offset is accepted.</param>
    /// <param name="bars">How many bars back, 1 or more. Bars that the panel does not reach count as not observed.</param>
    /// <param name="minObserved">The least part of the bars for which an asset has an observed price, in [0, 1]; filled ones do not count. 0.95 where it is not said.</param>
    /// <returns>The rows and the assets that are left, and the assets that were dropped, each with the reason.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bars"/> or <paramref name="minObserved"/> is out of bounds.</exception>
    public PanelWindow<PricePanel> Window(DateTimeOffset asOf, int bars, double minObserved = 0.95)
    {
        var cut = WindowCut.Of(_frame, Observed, asOf, bars, minObserved, "price");
        var values = cut.Take(Values);
        var observed = cut.Take(Observed);
        return new PanelWindow<PricePanel>(new PricePanel(cut.Frame, Field, values, observed, CountFills(values, observed)), cut.Dropped);
    }

    /// <summary>A short line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Field}: {_frame}";

    internal static int[] CountFills(double[,] values, bool[,] observed)
    {
        var counts = new int[values.GetLength(1)];
        for (var row = 0; row < values.GetLength(0); row++)
        {
            for (var column = 0; column < counts.Length; column++)
            {
                if (!observed[row, column] && !double.IsNaN(values[row, column]))
                    counts[column]++;
            }
        }

        return counts;
    }
}
