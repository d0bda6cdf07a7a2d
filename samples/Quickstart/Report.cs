using System.Globalization;
using OkxData.Models;
using Spectre.Console;

namespace Quickstart;

/// <summary>What came of a download: a row a symbol, what failed and why, and what it cost.</summary>
internal static class Report
{
    // A file or a pipe has no width of its own.
    private const int WidthWithoutTerminal = 120;

    public static void Show(CandleBatch batch, TimeSpan elapsed)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        if (batch.Series.Count > 0)
            AnsiConsole.Write(TableOf(batch.Series.Values.OrderBy(series => series.Symbol, StringComparer.Ordinal)));
        foreach (var (symbol, failure) in batch.Failures.OrderBy(failure => failure.Key, StringComparer.Ordinal))
            Console.WriteLine($"{symbol} failed: {failure.Message}");
        foreach (var line in FindingsOf(batch))
            Console.WriteLine(line);

        var candles = batch.Series.Values.Sum(series => (long)series.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{batch.Series.Count} symbol{(batch.Series.Count == 1 ? "" : "s")}, {candles:N0} candles: {batch.RequestsSent} page requests in {elapsed.TotalSeconds:0.0} s."));
    }

    public static void ShowStopped(CandleProgress? last, string cache) => Console.WriteLine(
        last is null
            ? "Stopped before anything arrived."
            : string.Create(CultureInfo.InvariantCulture,
                $"Stopped: {last.BarsDone:N0} of {last.BarsTotal:N0} bars are kept in {cache}; the same command goes on from there."));

    private static Table TableOf(IEnumerable<CandleSeries> all)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var text in new[] { "Symbol", "First", "Last" })
            table.AddColumn(text, column => column.NoWrap());
        table.AddColumn("Candles", column => column.RightAligned());
        table.AddColumn("Gaps", column => column.RightAligned());
        table.AddColumn("Source", column => column.NoWrap());
        foreach (var series in all)
        {
            table.AddRow(
                new Text(series.Symbol),
                new Text(series.Count == 0 ? "-" : Moment(series[0], series.Bar)),
                new Text(series.Count == 0 ? "-" : Moment(series[^1], series.Bar)),
                new Text(series.Count.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(series.Coverage.Gaps.Count.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(Source(series.Origin)));
        }

        return table;
    }

    private static IEnumerable<string> FindingsOf(CandleBatch batch) =>
        from series in batch.Series.Values
        from issue in series.Coverage.Issues
        group series.Symbol by issue.Rule into rule
        orderby rule.Key
        select string.Create(CultureInfo.InvariantCulture, $"{rule.Key}: {rule.Count()} in {string.Join(", ", rule.Distinct().Order(StringComparer.Ordinal))}");

    private static string Moment(Candle candle, BarSize bar) =>
        candle.OpenTime.ToString(bar < BarSize.OneDay ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Source(DataOrigin origin) => origin switch
    {
        DataOrigin.Network => "network",
        DataOrigin.Cache => "cache",
        DataOrigin.Mixed => "cache + network",
        _ => "cache (stale)",
    };
}
