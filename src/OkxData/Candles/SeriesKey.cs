using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles;

/// <summary>Names a series: an instrument and a bar.</summary>
internal readonly record struct SeriesKey(string Symbol, BarSize Bar)
{
    public BarGrid Grid => Bar.ToGrid();

    /// <summary>Whether OKX writes this instrument's volumes in contracts, as it does for all but spot.</summary>
    public bool IsDerivative => Symbols.TypeOf(Symbol) != InstrumentType.Spot;

    public override string ToString() => $"{Symbol} {Bar.ToCode()}";
}
