using System.Globalization;
using OkxData.Catalog;
using Spectre.Console;

namespace CacheTool;

/// <summary>How things look: a bar and a table on a terminal, plain text where the output goes to a file or a pipe.</summary>
internal static class Terminal
{
    // A file or a pipe has no width of its own, and no line of it should be broken.
    private const int WidthWithoutTerminal = 240;

    /// <summary>Runs a walk over the cache, with a bar where someone looks.</summary>
    public static Task<T> ShowAsync<T>(string what, bool isQuiet, Func<IProgress<CatalogProgress>?, Task<T>> walk)
    {
        if (isQuiet || Console.IsOutputRedirected)
            return walk(null);

        return AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(context => walk(new Bar(context.AddTask(what))));
    }

    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(Console.IsOutputRedirected ? TableBorder.None : TableBorder.Simple);
        foreach (var column in columns)
            table.AddColumn(column, made => made.NoWrap());
        return table;
    }

    public static void Write(Table table)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        AnsiConsole.Write(table);
    }

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB"),
    };

    public static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} d"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
        { TotalMinutes: >= 0 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
        _ => "0 min",
    };

    private sealed class Bar(ProgressTask task) : IProgress<CatalogProgress>
    {
        public void Report(CatalogProgress value)
        {
            task.MaxValue = Math.Max(value.Total, 1);
            task.Value = value.Done;
        }
    }
}
