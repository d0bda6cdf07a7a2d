namespace OkxData.Catalog;

/// <summary>The ids of what can be wrong with a file of a cache. They are stable: match on them, never on messages.</summary>
public static class CatalogRules
{
    /// <summary>The store cannot read the file: a right is missing, or the disk is ill.</summary>
    public const string Unreadable = "cache.unreadable";

    /// <summary>The checksum does not fit the content, or the content breaks the rules of its format. No call returns such a file.</summary>
    public const string Damaged = "cache.damaged";

    /// <summary>A later release of this library wrote the file; it is neither read nor replaced.</summary>
    public const string NewerSchema = "cache.newer-schema";

    /// <summary>The file is whole and holds another series, another time or another document than its name says.</summary>
    public const string Misplaced = "cache.misplaced";

    /// <summary>Openings count as answered that have neither a candle nor a known gap.</summary>
    public const string Coverage = "cache.coverage";

    /// <summary>A segment stands in both formats, as a process leaves it that is killed while it converts.</summary>
    public const string TwoFormats = "cache.two-formats";

    /// <summary>What is known of the series beyond its rows is older than the rows.</summary>
    public const string FactsBehind = "cache.facts-behind";

    /// <summary>There are candles and no <c>.series.json</c> beside them. A remark: the next download makes it.</summary>
    public const string FactsMissing = "cache.facts-missing";

    /// <summary>The series is joined to an older name, and nothing is held of that any more: calls that reach back before the joint fail.</summary>
    public const string JoinLost = "cache.join-lost";

    /// <summary>Rows of an earlier generation stand in the place of the present one's. A remark: the next client that asks for the series moves them.</summary>
    public const string Retiring = "cache.retiring";

    /// <summary>The file is none of this library's.</summary>
    public const string Foreign = "cache.foreign";

    /// <summary>A temporary file that a killed process left.</summary>
    public const string Orphan = "cache.orphan";

    /// <summary>A damaged file that was put aside. A remark: its place has long been free for a fresh copy.</summary>
    public const string Quarantined = "cache.quarantined";

    /// <summary>More findings of the same file than are listed.</summary>
    public const string More = "cache.more";
}
