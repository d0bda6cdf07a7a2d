namespace OkxData.Rankings.Sources;

/// <summary>What the rows of every source must keep to.</summary>
internal static class EntryRules
{
    private const int MaxLength = 128;

    /// <summary>What makes a row useless, or <see langword="null"/>: nobody can tell whose it is.</summary>
    public static string? FaultOfNames(string? id, string? ticker) =>
        !IsName(id) ? $"its id is not a text of up to {MaxLength} characters"
        : !IsName(ticker) ? $"its ticker is not a text of up to {MaxLength} characters"
        : null;

    /// <summary>What makes a row's figures useless, or <see langword="null"/>. Absent and zero ones do not: such assets exist.</summary>
    public static string? FaultOfFigures(decimal? marketCap, decimal? price) =>
        marketCap < 0 ? FormattableString.Invariant($"its market capitalisation {marketCap} is less than zero")
        : price < 0 ? FormattableString.Invariant($"its price {price} is less than zero")
        : null;

    /// <summary>An entry whose figures can be used, or none of them: the asset is known, and what is wrong with it can be said.</summary>
    /// <param name="entry">The row, with <see langword="null"/> for what could not be read.</param>
    /// <param name="fault">Why something could not be read; it matters where it was the capitalisation or the price.</param>
    public static MarketCapEntry Judge(MarketCapEntry entry, string? fault) =>
        ((entry.MarketCap is null || entry.Price is null ? fault : null) ?? FaultOfFigures(entry.MarketCap, entry.Price)) is { } found
        ? entry with { MarketCap = null, Price = null, CirculatingSupply = null, Fault = $"the source's row cannot be used: {found}" }
        : entry;

    public static int? RankOf(decimal? figure) => figure is >= 1 and <= int.MaxValue ? (int)figure : null;

    /// <summary>The coins that a capitalisation means, to the whole coin; <see langword="null"/> where it cannot be told.</summary>
    public static decimal? SupplyOf(decimal? marketCap, decimal? price) =>
        marketCap is > 0 && price is > 0 && (double)marketCap / (double)price < (double)decimal.MaxValue / 2 ? decimal.Round(marketCap.Value / price.Value) : null;

    private static bool IsName(string? text) => text is { Length: > 0 and <= MaxLength } && !text.Any(char.IsControl);
}
