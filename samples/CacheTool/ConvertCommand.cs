using OkxData.Caching;
using OkxData.Catalog;

namespace CacheTool;

internal static class ConvertCommand
{
    public static async Task<int> RunAsync(CacheCatalog catalog, CatalogSelection selection, Arguments arguments, CancellationToken cancellationToken)
    {
        var format = arguments.Word == "json" ? CandleFormat.Json : CandleFormat.Parquet;
        var conversion = await Terminal.ShowAsync("convert", false, progress => catalog.ConvertAsync(format, selection, progress, cancellationToken));
        foreach (var finding in conversion.LeftAlone)
            Console.WriteLine(finding);
        Console.WriteLine($"{conversion}.");
        return conversion.LeftAlone.Count == 0 ? ExitCodes.Good : ExitCodes.Found;
    }
}
