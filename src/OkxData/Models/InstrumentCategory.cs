namespace OkxData.Models;

/// <summary>The asset class of an instrument's base (OKX <c>instCategory</c>).</summary>
/// <remarks>Demo trading fills this field with arbitrary values; do not classify from it there.</remarks>
public enum InstrumentCategory
{
    /// <summary>Absent, or a class that this version does not know.</summary>
    Unknown,

    /// <summary>A crypto asset (OKX <c>1</c>).</summary>
    Crypto,

    /// <summary>A stock (OKX <c>3</c>).</summary>
    Stock,

    /// <summary>A metal or another commodity (OKX <c>4</c>).</summary>
    Commodity,

    /// <summary>A currency (OKX <c>5</c>).</summary>
    Forex,

    /// <summary>A bond (OKX <c>6</c>).</summary>
    Bond,
}
