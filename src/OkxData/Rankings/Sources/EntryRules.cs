namespace OkxData.Rankings.Sources;

/// <summary>What the rows of every source must keep to.</summary>
internal static class EntryRules
{
    private const int MaxLength = 128;

    /// <summary>What makes a row useless, or <see langword="null"/>. Absent and zero figures are none: such assets exist.</summary>
    public static string? FaultOf(string? id, string? ticker, decimal? marketCap, decimal? price) =>
        !IsName(id) ? $"its id is not a text of up to {MaxLength} characters"
        : !IsName(ticker) ? $"its ticker is not a text of up to {MaxLength} characters"
        : marketCap < 0 ? FormattableString.Invariant($"its market capitalisation {marketCap} is less than zero")
        : price < 0 ? FormattableString.Invariant($"its price {price} is less than zero")
        : null;

    public static int? RankOf(decimal? figure) => figure is >= 1 and <= int.MaxValue ? (int)figure : null;

    /// <summary>The coins that a capitalisation means, to the whole coin; <see langword="null"/> where it cannot be told.</summary>
    public static decimal? SupplyOf(decimal? marketCap, decimal? price) =>
        marketCap is > 0 && price is > 0 && (double)marketCap / (double)price < (double)decimal.MaxValue / 2 ? decimal.Round(marketCap.Value / price.Value) : null;

    private static bool IsName(string? text) => text is { Length: > 0 and <= MaxLength } && !text.Any(char.IsControl);
}
