using OkxData.Catalog;
using OkxData.Models;

namespace CacheTool;

/// <summary>The series of one environment and one bar that a command works on, one after another.</summary>
internal static class HeldSeries
{
    /// <exception cref="UsageException">Nothing is held, or it is not clear which environment is meant.</exception>
    public static async Task<List<CatalogEntry>> FindAsync(CacheCatalog catalog, CatalogSelection selection, CancellationToken cancellationToken)
    {
        var found = await catalog.ListAsync(selection, cancellationToken).Where(entry => entry.Generation is null).ToListAsync(cancellationToken);
        var environments = found.Select(entry => entry.Environment).Distinct().ToList();
        if (environments.Count > 1)
            throw new UsageException($"The cache holds such series of {string.Join(", ", environments)}; name one with --environment.");

        foreach (var symbol in selection.Symbols ?? [])
        {
            if (!found.Any(entry => entry.Symbol.Equals(symbol.Replace('/', '-'), StringComparison.OrdinalIgnoreCase)))
                throw new UsageException($"--symbols '{symbol}': the cache holds no {string.Join(", ", (selection.Bars ?? []).Select(Bars.ToName))} candles of it; list shows what is held.");
        }

        return found;
    }

    /// <summary>The selection with a bar, days where none is named.</summary>
    public static CatalogSelection OfOneBar(CatalogSelection selection) => selection.Bars is null ? selection with { Bars = [BarSize.OneDay] } : selection;
}
