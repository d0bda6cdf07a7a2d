namespace OkxData.Testing;

/// <summary>What is wrong with a candle that the simulator serves.</summary>
public enum CandleDefectKind
{
    /// <summary>The row is not there.</summary>
    Missing,

    /// <summary>The row comes twice.</summary>
    Duplicate,

    /// <summary>The row comes twice, with another close and volume the second time.</summary>
    ConflictingDuplicate,

    /// <summary>A figure is not a number: <see cref="CandleDefect.Text"/> stands in <see cref="CandleDefect.Column"/>.</summary>
    BrokenFigure,

    /// <summary>The high and the low have changed places.</summary>
    HighBelowLow,

    /// <summary>All prices are 0.</summary>
    ZeroPrice,

    /// <summary>The row opens one second late.</summary>
    OffGrid,

    /// <summary>Nothing was traded: flat at the previous close, volumes 0.</summary>
    NoTrade,

    /// <summary>The exchange has restated it: the close has moved to the low, volumes have doubled and grown by one.</summary>
    Revised,
}
