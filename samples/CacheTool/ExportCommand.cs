using System.Globalization;
using System.Text;
using OkxData.Catalog;
using OkxData.Models;
using OkxData.Time;

namespace CacheTool;

/// <summary>Candles for other programs: exact decimals, ISO 8601 times in UTC, one series after another.</summary>
internal static class ExportCommand
{
    private const string Header = "symbol,timestamp,open,high,low,close,volume";

    public static async Task<int> RunAsync(CacheCatalog catalog, CatalogSelection selection, Arguments arguments, CancellationToken cancellationToken)
    {
        var entries = await HeldSeries.FindAsync(catalog, HeldSeries.OfOneBar(selection), cancellationToken);
        if (arguments.Out is not { } path)
        {
            await using var output = Console.OpenStandardOutput();
            await WriteAsync(output, catalog, entries, arguments, cancellationToken);
            return ExitCodes.Good;
        }

        var full = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new UsageException($"--out '{path}': its folder does not exist; make it first.");
        var rows = await WriteFileAsync(full, catalog, entries, arguments, cancellationToken);
        Console.WriteLine($"{Terminal.Count(rows)} candles of {Terminal.Count(entries.Count)} series written to {full}.");
        return ExitCodes.Good;
    }

    // A file of that name is replaced as a whole, or stays as it is.
    private static async Task<long> WriteFileAsync(string path, CacheCatalog catalog, List<CatalogEntry> entries, Arguments arguments, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            long rows;
            await using (var file = new FileStream(temporary, FileMode.CreateNew))
                rows = await WriteAsync(file, catalog, entries, arguments, cancellationToken);
            File.Move(temporary, path, overwrite: true);
            return rows;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<long> WriteAsync(Stream output, CacheCatalog catalog, List<CatalogEntry> entries, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 << 10) { NewLine = "\n" };
        var range = arguments.From is null && arguments.To is null ? (UtcRange?)null : new UtcRange(arguments.From ?? DateTimeOffset.MinValue, arguments.To ?? new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var isJson = arguments.Word == "json";
        var rows = 0L;
        writer.Write(isJson ? "[" : Header + "\n");
        await foreach (var series in InOrder.SelectAsync(entries, (entry, token) => catalog.ReadAsync(entry.Environment, entry.Symbol, entry.Bar, range, cancellationToken: token), cancellationToken))
        {
            foreach (var candle in series)
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Write(isJson ? JsonLine(series.Symbol, in candle, isFirst: rows == 0) : CsvLine(series.Symbol, in candle));
                rows++;
            }
        }

        if (isJson)
            writer.Write("\n]\n");
        return rows;
    }

    private static string CsvLine(string symbol, in Candle candle) => string.Create(
        CultureInfo.InvariantCulture, $"{symbol},{Iso(candle.OpenTime)},{candle.Open},{candle.High},{candle.Low},{candle.Close},{candle.Volume}\n");

    // A symbol has letters, digits and - _ . only, so nothing need be escaped.
    private static string JsonLine(string symbol, in Candle candle, bool isFirst) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(isFirst ? "" : ",")}\n{{\"symbol\":\"{symbol}\",\"timestamp\":\"{Iso(candle.OpenTime)}\",\"open\":{candle.Open},\"high\":{candle.High},\"low\":{candle.Low},\"close\":{candle.Close},\"volume\":{candle.Volume}}}");

    private static string Iso(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
