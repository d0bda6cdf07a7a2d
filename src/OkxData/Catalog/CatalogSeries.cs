using System.Globalization;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Models;

namespace OkxData.Catalog;

/// <summary>A series in a cache.</summary>
/// <param name="Environment">The first folder of the cache.</param>
/// <param name="Key">The instrument and the bar.</param>
/// <param name="Generation">An earlier generation that was put aside; <see langword="null"/> for the present one.</param>
internal readonly record struct CatalogSeries(string Environment, SeriesKey Key, int? Generation) : IComparable<CatalogSeries>
{
    public const string CandlesFolder = "candles";
    public const string GenerationPrefix = CandleArchive.KeptFolder;

    public string Root => $"{Environment}/{CandlesFolder}/bar={Key.Bar.ToCode()}/symbol={Key.Symbol}";

    public string Folder => Generation is { } generation ? string.Create(CultureInfo.InvariantCulture, $"{Root}/{GenerationPrefix}{generation}") : Root;

    /// <summary>The present generation of the same series.</summary>
    public CatalogSeries Present => this with { Generation = null };

    /// <summary>What the names of its files end in, after the ending of their format: an earlier generation's are none that a reader of candles looks for.</summary>
    public string FileSuffix => Generation is null ? "" : CandleArchive.KeptEnding;

    public int CompareTo(CatalogSeries other)
    {
        var byEnvironment = string.CompareOrdinal(Environment, other.Environment);
        if (byEnvironment != 0)
            return byEnvironment;
        var byBar = Key.Bar.CompareTo(other.Key.Bar);
        if (byBar != 0)
            return byBar;
        var bySymbol = string.CompareOrdinal(Key.Symbol, other.Key.Symbol);
        return bySymbol != 0 ? bySymbol : (Generation ?? int.MaxValue).CompareTo(other.Generation ?? int.MaxValue);
    }

    public override string ToString() => Generation is { } generation
        ? string.Create(CultureInfo.InvariantCulture, $"{Environment} {Key}, generation {generation}")
        : $"{Environment} {Key}";
}
