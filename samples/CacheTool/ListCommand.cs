using System.Globalization;
using System.Text.Json;
using OkxData.Catalog;
using OkxData.Models;
using OkxData.Time;
using Spectre.Console;

namespace CacheTool;

internal static class ListCommand
{
    public static async Task<int> RunAsync(CacheCatalog catalog, CatalogSelection selection, Arguments arguments, CancellationToken cancellationToken)
    {
        var entries = await catalog.ListAsync(selection, cancellationToken).ToListAsync(cancellationToken);
        if (arguments.Json)
            WriteJson(entries);
        else
            WriteTable(entries);
        return ExitCodes.Good;
    }

    private static void WriteTable(List<CatalogEntry> entries)
    {
        var now = TimeProvider.System.GetUtcNow();
        var table = Terminal.Table("Environment", "Symbol", "Bar", "First", "Last", "Candles", "Gaps", "Not asked", "Size", "Format", "Age", "Remarks");
        foreach (var index in (int[])[5, 6, 7, 8, 10])
            table.Columns[index].RightAligned();
        foreach (var entry in entries)
        {
            table.AddRow([.. ((string[])
            [
                entry.Environment, entry.Symbol, entry.Bar.ToName(), Moment(entry.First, entry.Bar), Moment(entry.Last, entry.Bar), Terminal.Count(entry.Rows),
                Terminal.Count(entry.Gaps.Count), Terminal.Count(entry.NotAsked.Count), Terminal.Size(entry.SizeBytes), entry.Format?.ToString() ?? (entry.Files == 0 ? "-" : "both"),
                entry.FetchedAt is { } at ? Terminal.Age(now - at) : "-", RemarksOf(entry),
            ]).Select(text => new Text(text))]);
        }

        if (entries.Count > 0)
            Terminal.Write(table);
        Console.WriteLine($"{Terminal.Count(entries.Count)} series, {Terminal.Count(entries.Sum(entry => entry.Rows))} candles, {Terminal.Count(entries.Sum(entry => entry.Files))} files, {Terminal.Size(entries.Sum(entry => entry.SizeBytes))}.");
    }

    private static string RemarksOf(CatalogEntry entry)
    {
        var remarks = new List<string>();
        if (entry.Generation is { } generation)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"generation {generation}"));
        if (entry.IsDelisted)
            remarks.Add("delisted");
        if (entry.JoinedTo is { } older)
            remarks.Add($"continues {older}");
        if (entry.UnreadableFiles > 0)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.UnreadableFiles} unreadable, see verify"));
        return string.Join(", ", remarks);
    }

    private static string Moment(DateTimeOffset? instant, BarSize bar) =>
        instant is { } at ? at.ToString(bar < BarSize.OneDay ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture) : "-";

    private static void WriteJson(List<CatalogEntry> entries)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach (var entry in entries)
            Write(writer, entry);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, CatalogEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("environment", entry.Environment);
        writer.WriteString("symbol", entry.Symbol);
        writer.WriteString("bar", entry.Bar.ToName());
        if (entry.Generation is { } generation)
            writer.WriteNumber("generation", generation);
        writer.WriteNumber("candles", entry.Rows);
        Write(writer, "first", entry.First);
        Write(writer, "last", entry.Last);
        Write(writer, "firstAvailable", entry.FirstAvailable);
        Write(writer, "fetchedAt", entry.FetchedAt);
        Write(writer, "covered", entry.Covered);
        Write(writer, "gaps", entry.Gaps);
        Write(writer, "notAsked", entry.NotAsked);
        writer.WriteBoolean("delisted", entry.IsDelisted);
        if (entry.JoinedTo is { } older)
            writer.WriteString("joinedTo", older);
        writer.WriteNumber("files", entry.Files);
        writer.WriteNumber("unreadableFiles", entry.UnreadableFiles);
        writer.WriteNumber("sizeBytes", entry.SizeBytes);
        writer.WriteString("format", entry.Format?.ToString().ToLowerInvariant());
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, DateTimeOffset? instant) => writer.WriteString(name, instant is { } at ? Iso(at) : null);

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<UtcRange> ranges)
    {
        writer.WriteStartArray(name);
        foreach (var range in ranges)
        {
            writer.WriteStartObject();
            writer.WriteString("from", Iso(range.Start));
            writer.WriteString("to", Iso(range.End));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Iso(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
