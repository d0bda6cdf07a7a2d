namespace OkxData.Panels;

/// <summary>How a return is made of two prices.</summary>
public enum ReturnKind
{
    /// <summary>ln(price / previous price): adds up over time.</summary>
    Log,

    /// <summary>price / previous price − 1: adds up over the assets of a portfolio.</summary>
    Simple,
}
