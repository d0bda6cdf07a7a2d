using OkxData.Catalog;

namespace CacheTool;

internal static class PruneCommand
{
    public static async Task<int> RunAsync(CacheCatalog catalog, CatalogSelection selection, Arguments arguments, CancellationToken cancellationToken)
    {
        var order = OrderOf(selection, arguments);
        var pruning = await Terminal.ShowAsync("prune", false, progress => catalog.PruneAsync(order, progress, cancellationToken));
        foreach (var removal in pruning.Removals)
            Console.WriteLine($"{(removal.Problem is not null ? "kept" : removal.IsRemoved ? "removed" : "would remove")} {removal.Key} ({removal.Reason}, {Terminal.Size(removal.SizeBytes)}){(removal.Problem is null ? "" : $": {removal.Problem}")}");
        Console.WriteLine(pruning.IsDryRun ? $"{pruning}; --yes does it." : $"{pruning}.");
        return pruning.Removals.Any(removal => removal.Problem is not null) ? ExitCodes.Found : ExitCodes.Good;
    }

    private static CatalogPruneOrder OrderOf(CatalogSelection selection, Arguments arguments)
    {
        var namesSeries = selection.Environment is not null || selection.Symbols is not null || selection.Bars is not null;
        if (!namesSeries && !arguments.Quarantine && !arguments.Orphans && arguments.SnapshotsOlder is null && arguments.NotFetched is null)
            throw new UsageException("prune removes only what is named: --quarantine, --orphans, --snapshots-older, --not-fetched, --symbols, --bar or --environment.");

        return new CatalogPruneOrder
        {
            DryRun = !arguments.Yes,
            Quarantine = arguments.Quarantine,
            Orphans = arguments.Orphans,
            SnapshotsOlderThan = arguments.SnapshotsOlder,
            Series = namesSeries ? selection : null,
            SeriesNotFetchedFor = arguments.NotFetched,
        };
    }
}
