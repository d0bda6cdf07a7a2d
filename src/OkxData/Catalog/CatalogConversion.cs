using System.Globalization;
using OkxData.Caching;

namespace OkxData.Catalog;

/// <summary>What came of a conversion.</summary>
public sealed record CatalogConversion
{
    /// <summary>The format that was asked for.</summary>
    public required CandleFormat Format { get; init; }

    /// <summary>The segments that stood in the other format and stand in this one now.</summary>
    public required int Converted { get; init; }

    /// <summary>The segments that stood in this format already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>The segments that were left as they are, each with the reason: damaged ones, those of a later release, and those that other processes kept writing.</summary>
    public required IReadOnlyList<CatalogFinding> LeftAlone { get; init; }

    /// <summary>A short line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Converted:N0} converted to {Format}, {Unchanged:N0} already there, {LeftAlone.Count:N0} left alone");
}
