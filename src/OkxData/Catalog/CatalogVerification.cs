using System.Globalization;

namespace OkxData.Catalog;

/// <summary>What came of a check over everything that a cache holds.</summary>
public sealed record CatalogVerification
{
    /// <summary>The files looked at.</summary>
    public required int Files { get; init; }

    /// <summary>Their bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The series found, each generation for itself.</summary>
    public required int Series { get; init; }

    /// <summary>The candles checked.</summary>
    public required long Candles { get; init; }

    /// <summary>What is wrong and should be mended, by key.</summary>
    public required IReadOnlyList<CatalogFinding> Findings { get; init; }

    /// <summary>What is worth knowing and breaks nothing: what the validation layer says of sound candles, such as a price spike, and what lies in quarantine.</summary>
    public required IReadOnlyList<CatalogFinding> Remarks { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Findings.Count == 0;

    /// <summary>A short line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Series:N0} series, {Candles:N0} candles, {Files:N0} files: {Findings.Count} finding{(Findings.Count == 1 ? "" : "s")}, {Remarks.Count} remark{(Remarks.Count == 1 ? "" : "s")}");
}
