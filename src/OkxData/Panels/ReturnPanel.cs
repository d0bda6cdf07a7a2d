using OkxData.Models;

namespace OkxData.Panels;

/// <summary>The returns of many assets side by side: a row a bar, a column an asset.</summary>
/// <remarks>Thread-safe as long as nobody writes into <see cref="Values"/> or <see cref="Observed"/>, which are not copies.</remarks>
public sealed class ReturnPanel
{
    private readonly PanelFrame _frame;

    internal ReturnPanel(PanelFrame frame, ReturnKind kind, double[,] values, bool[,] observed) =>
        (_frame, OpenTimes, Kind, Values, Observed) = (frame, frame.ToOpenTimes(), kind, values, observed);

    /// <summary>The length of a row.</summary>
    public BarSize Bar => _frame.Bar;

    /// <summary>The currency of the prices that the returns are made of.</summary>
    public string QuoteCurrency => _frame.QuoteCurrency;

    /// <summary>How a return is made of two prices.</summary>
    public ReturnKind Kind { get; }

    /// <summary>The assets of the columns, as OKX writes them, in the order of their letters (ordinal).</summary>
    public IReadOnlyList<string> Symbols => _frame.Symbols;

    /// <summary>The opening time of the bar in which each row was earned, UTC, oldest first. A row is known at that bar's close, not before.</summary>
    public IReadOnlyList<DateTimeOffset> OpenTimes { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => _frame.Opens.Length;

    /// <summary>The returns, [row, column]; 0.01 is one percent. Not a number where a price is missing.</summary>
    public double[,] Values { get; }

    /// <summary>Whether both prices of a return were observed, [row, column].</summary>
    public bool[,] Observed { get; }

    /// <summary>The UTC date of each row, for bars of a day and longer; a week is named by its Monday, a month by its first day.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">The bar is shorter than a day.</exception>
    public DateOnly[] ToDates() => _frame.Dates();

    /// <summary>When a row's bar closes, UTC: from this instant on its returns are known.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The first instant after the bar.</returns>
    public DateTimeOffset CloseTime(int row) => _frame.CloseTime(row);

    /// <summary>The column of an asset.</summary>
    /// <param name="symbol">The asset, as OKX writes it or like <c>btc/usdt</c>.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The panel has no such asset.</exception>
    public int IndexOf(string symbol) => _frame.IndexOf(symbol);

    /// <summary>What was known at an instant: the given number of bars up to the last that had closed by then, as in <see cref="PricePanel.Window"/>.</summary>
    /// <param name="asOf">The instant; any offset is accepted. Only bars that closed at or before it count.</param>
    /// <param name="bars">How many bars back, 1 or more. Bars that the panel does not reach count as not observed.</param>
    /// <param name="minObserved">The least part of the bars for which an asset has an observed return, in [0, 1]. 0.95 where it is not said.</param>
    /// <returns>The rows and the assets that are left, and the assets that were dropped, each with the reason.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bars"/> or <paramref name="minObserved"/> is out of bounds.</exception>
    public PanelWindow<ReturnPanel> Window(DateTimeOffset asOf, int bars, double minObserved = 0.95)
    {
        var cut = WindowCut.Of(_frame, Observed, asOf, bars, minObserved, "return");
        return new PanelWindow<ReturnPanel>(new ReturnPanel(cut.Frame, Kind, cut.Take(Values), cut.Take(Observed)), cut.Dropped);
    }

    /// <summary>A short line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Kind} returns: {_frame}";
}
