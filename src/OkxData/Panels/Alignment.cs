namespace OkxData.Panels;

/// <summary>Which bars become rows of a panel.</summary>
public enum Alignment
{
    /// <summary>Every bar of the UTC grid from the first price of any asset to the last price of any, so that a missing bar is a visible hole.</summary>
    Union,

    /// <summary>Only the bars for which every asset has a price of its own. The rows may leave bars out, and there may be none.</summary>
    Intersection,
}
