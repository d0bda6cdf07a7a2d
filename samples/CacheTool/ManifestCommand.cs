using OkxData.Catalog;
using OkxData.Datasets;
using OkxData.Errors;
using OkxData.Models;

namespace CacheTool;

/// <summary>Writes down what a cache holds, and says later whether it still does; a few series at a time, so that memory does not grow with the cache.</summary>
internal static class ManifestCommand
{
    public static Task<int> RunAsync(CacheCatalog catalog, CatalogSelection selection, Arguments arguments, CancellationToken cancellationToken) =>
        arguments.Word == "create" ? CreateAsync(catalog, selection, arguments, cancellationToken) : CheckAsync(catalog, selection, arguments, cancellationToken);

    private static async Task<int> CreateAsync(CacheCatalog catalog, CatalogSelection selection, Arguments arguments, CancellationToken cancellationToken)
    {
        var entries = await HeldSeries.FindAsync(catalog, HeldSeries.OfOneBar(selection), cancellationToken);
        if (entries.Count == 0)
            throw new UsageException("The cache holds no such series; list shows what is held, and --bar chooses another bar.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(arguments.File))))
            throw new UsageException($"manifest create '{arguments.File}': its folder does not exist; make it first.");

        var manifests = new List<DatasetManifest>();
        var made = InOrder.SelectAsync(entries, async (entry, token) => DatasetManifest.Create(await ReadAsync(catalog, entry.Environment, entry.Symbol, entry.Bar, token)), cancellationToken);
        await foreach (var one in made)
            manifests.Add(one);

        var manifest = manifests[0] with { Series = [.. manifests.SelectMany(one => one.Series)], Failed = [.. manifests.SelectMany(one => one.Failed)] };
        await manifest.SaveAsync(arguments.File, cancellationToken);
        foreach (var symbol in manifest.Failed)
            Console.WriteLine($"{symbol} cannot be read and is not in the manifest; verify says why.");
        Console.WriteLine($"{Terminal.Count(manifest.Series.Count)} series, {Terminal.Count(manifest.Series.Sum(series => (long)series.Rows))} candles written down in {Path.GetFullPath(arguments.File)}.");
        return manifest.Failed.Count == 0 ? ExitCodes.Good : ExitCodes.Found;
    }

    private static async Task<int> CheckAsync(CacheCatalog catalog, CatalogSelection selection, Arguments arguments, CancellationToken cancellationToken)
    {
        if (selection.Bars is not null || selection.Symbols is not null)
            throw new UsageException("manifest check takes the symbols and the bar from the manifest; leave --symbols and --bar out.");

        var manifest = await LoadAsync(arguments.File, cancellationToken);
        var bars = manifest.Series.Select(series => BarOf(series, arguments.File)).Distinct().ToList();
        var entries = await HeldSeries.FindAsync(catalog, selection with { Bars = bars }, cancellationToken);
        var environment = entries.Select(entry => entry.Environment).FirstOrDefault() ?? selection.Environment ?? "global";
        var all = new List<SeriesComparison>();
        var compared = InOrder.SelectAsync(
            manifest.Series,
            async (then, token) => (manifest with { Series = [then] }).Compare(await ReadAsync(catalog, environment, then.Symbol, BarOf(then, arguments.File), token)).Series.Single(),
            cancellationToken);
        await foreach (var comparison in compared)
        {
            all.Add(comparison);
            Console.WriteLine($"{comparison.Verdict.ToString().ToLowerInvariant()}: {comparison.Message}");
        }

        var added = entries.Count(entry => !manifest.Series.Any(then => then.Symbol == entry.Symbol));
        var changed = all.Count(one => one.Verdict is SeriesVerdict.Changed or SeriesVerdict.Missing);
        Console.WriteLine($"{Count(all, SeriesVerdict.Same)} same, {Count(all, SeriesVerdict.Extended)} extended, {Count(all, SeriesVerdict.Changed)} changed, {Count(all, SeriesVerdict.Missing)} missing; {Terminal.Count(added)} held beside them.");
        return changed == 0 ? ExitCodes.Good : ExitCodes.Found;
    }

    private static async Task<DatasetManifest> LoadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await DatasetManifest.LoadAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"manifest check '{file}': {exception.Message}");
        }
    }

    // One that cannot be read stands among the failures, as it does in a batch of a client.
    private static async Task<CandleBatch> ReadAsync(CacheCatalog catalog, string environment, string symbol, BarSize bar, CancellationToken cancellationToken)
    {
        try
        {
            return CandleBatch.Create([await catalog.ReadAsync(environment, symbol, bar, cancellationToken: cancellationToken)]);
        }
        catch (OkxCacheException failure)
        {
            return CandleBatch.Create([], new Dictionary<string, OkxException> { [symbol] = failure });
        }
    }

    private static BarSize BarOf(ManifestSeries series, string file) =>
        Bars.FindCode(series.Bar) ?? throw new UsageException($"manifest check '{file}': it names the bar '{series.Bar}', which this tool does not know; use a newer one.");

    private static string Count(List<SeriesComparison> all, SeriesVerdict verdict) => Terminal.Count(all.Count(one => one.Verdict == verdict));
}
