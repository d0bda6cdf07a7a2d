namespace OkxData.Panels;

/// <summary>Which price of a candle a panel holds.</summary>
public enum PriceField
{
    /// <summary>The last price, known once the bar has closed; what returns are usually made of.</summary>
    Close,

    /// <summary>The first price.</summary>
    Open,

    /// <summary>The highest price.</summary>
    High,

    /// <summary>The lowest price.</summary>
    Low,
}
