using OkxData.Models;

namespace OkxData.Catalog;

/// <summary>What a look at one file came to.</summary>
internal sealed class FileReport(CatalogKey key)
{
    private readonly List<CatalogFinding> _findings = [];
    private readonly List<CatalogFinding> _remarks = [];

    public CatalogKey Key { get; } = key;

    public IReadOnlyList<CatalogFinding> Findings => _findings;

    public IReadOnlyList<CatalogFinding> Remarks => _remarks;

    public long SizeBytes { get; init; }

    /// <summary>Whether nothing stood under the key any more when it was read.</summary>
    public bool IsGone { get; init; }

    public long Rows { get; init; }

    /// <summary>The generation that a segment says it is of.</summary>
    public int Generation { get; init; } = 1;

    public Candle? First { get; init; }

    public Candle? Last { get; init; }

    public void Find(CatalogFinding? finding)
    {
        if (finding is not null)
            _findings.Add(finding);
    }

    public void Remark(CatalogFinding remark) => _remarks.Add(remark);
}
