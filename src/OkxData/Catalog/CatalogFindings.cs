using OkxData.Caching;
using OkxData.Candles.Archive;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Catalog;

/// <summary>The one place where findings about files are put into words.</summary>
internal static class CatalogFindings
{
    public static CatalogFinding Unreadable(string key, Exception cause) => new()
    {
        Key = key,
        Rule = CatalogRules.Unreadable,
        Message = cause.Message,
        Remedy = "Give this user the right to read it, or see to the disk; what cannot be read is asked of OKX again.",
    };

    public static CatalogFinding FolderInPlace(string key) => new()
    {
        Key = key,
        Rule = CatalogRules.Unreadable,
        Message = "A folder stands where a file should, so nothing can be kept there.",
        Remedy = "Move the folder away; what is missing is asked of OKX again.",
    };

    public static CatalogFinding Of(string key, CorruptPayloadException damage) => damage.IsNewerSchema ? NewerSchema(key, damage) : Damaged(key, damage);

    public static CatalogFinding Misplaced(string key, string message) => new()
    {
        Key = key,
        Rule = CatalogRules.Misplaced,
        Message = message,
        Remedy = "Move it to its place, or remove it; the next download of this series then fetches what is missing.",
    };

    public static CatalogFinding Coverage(string key, string message) => new()
    {
        Key = key,
        Rule = CatalogRules.Coverage,
        Message = message,
        Remedy = "Download the series with Caching.Mode = Refresh, or remove the file and download it anew.",
    };

    public static CatalogFinding TwoFormats(string key, string other) => new()
    {
        Key = key,
        Rule = CatalogRules.TwoFormats,
        Message = $"{other} stands beside it and holds the same segment; both are read.",
        Remedy = "Convert the cache to the format that you want; nothing is lost.",
    };

    public static CatalogFinding FactsBehind(string key, DateTimeOffset known, DateTimeOffset held) => new()
    {
        Key = key,
        Rule = CatalogRules.FactsBehind,
        Message = FormattableString.Invariant($"It says that the newest candle opens at {known:yyyy-MM-dd'T'HH:mm:ss'Z'}, and one of {held:yyyy-MM-dd'T'HH:mm:ss'Z'} is held."),
        Remedy = "Remove the file and download the series; what it says is then found anew.",
    };

    public static CatalogFinding FactsBehind(string key, int held, int known) => new()
    {
        Key = key,
        Rule = CatalogRules.FactsBehind,
        Message = FormattableString.Invariant($"It names generation {known} as the present one, and rows of generation {held} are held."),
        Remedy = "Remove the file and download the series; what it says is then found anew.",
    };

    public static CatalogFinding JoinLost(string key, CatalogSeries newer, SeriesJoin join) => new()
    {
        Key = key,
        Rule = CatalogRules.JoinLost,
        Message = FormattableString.Invariant($"Before {UnixTime.FromMilliseconds(join.At):yyyy-MM-dd'T'HH:mm:ss'Z'} {newer.Key.Symbol} is generation {join.Generation} of {join.Symbol}, of which nothing is held."),
        Remedy = $"Join the two anew with JoinHistoryAsync, which asks OKX for {join.Symbol}, or undo the join with SeparateHistoryAsync.",
    };

    public static CatalogFinding Retiring(string key, int held, int present) => new()
    {
        Key = key,
        Rule = CatalogRules.Retiring,
        Message = FormattableString.Invariant($"It is of generation {held}, which generation {present} has followed, and no call returns it for that one."),
        Remedy = "Nothing need be done: the next client that asks for the series moves it to where earlier generations are kept.",
    };

    public static CatalogFinding FactsMissing(string key) => new()
    {
        Key = key,
        Rule = CatalogRules.FactsMissing,
        Message = "There are candles, and nothing says where the series begins.",
        Remedy = "Nothing need be done: the next download finds it again.",
    };

    public static CatalogFinding Foreign(string key) => new()
    {
        Key = key,
        Rule = CatalogRules.Foreign,
        Message = "This library writes no such file.",
        Remedy = "Move it out of the cache's folder if it is yours, or remove it.",
    };

    public static CatalogFinding Orphan(string key) => new()
    {
        Key = key,
        Rule = CatalogRules.Orphan,
        Message = "A process that was killed left this temporary file.",
        Remedy = "Prune orphans, or leave it: the next write into its folder sweeps it.",
    };

    public static CatalogFinding Quarantined(string key) => new()
    {
        Key = key,
        Rule = CatalogRules.Quarantined,
        Message = "Damaged content was put aside; the reason stands in the file beside it.",
        Remedy = "Look at it if you like, then prune the quarantine.",
    };

    public static CatalogFinding Of(string key, DataIssue issue) => new()
    {
        Key = key,
        Rule = issue.Rule,
        Message = issue.Message,
        Remedy = issue.Severity == IssueSeverity.Error
            ? "Remove the file and download the series anew; this library stores no such candle."
            : "Judge it: this is how the market, or OKX's feed, was.",
        Range = issue.Range,
    };

    public static CatalogFinding More(string key, int count) => new()
    {
        Key = key,
        Rule = CatalogRules.More,
        Message = FormattableString.Invariant($"There are {count} more like these in the file."),
        Remedy = "What mends the first mends them too.",
    };

    private static CatalogFinding Damaged(string key, CorruptPayloadException damage) => new()
    {
        Key = key,
        Rule = CatalogRules.Damaged,
        Message = damage.Message,
        Remedy = "Download the series or the document again: the file is then put into quarantine and exactly its content fetched anew.",
    };

    private static CatalogFinding NewerSchema(string key, CorruptPayloadException damage) => new()
    {
        Key = key,
        Rule = CatalogRules.NewerSchema,
        Message = damage.Message,
        Remedy = "Update the library, or use another cache folder.",
    };
}
