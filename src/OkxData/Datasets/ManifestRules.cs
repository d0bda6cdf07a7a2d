using System.Globalization;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Datasets;

/// <summary>What must hold of a manifest that comes from outside before anything is compared with it.</summary>
internal static class ManifestRules
{
    /// <summary>What is wrong, or <see langword="null"/>.</summary>
    public static string? FaultOf(DatasetManifest manifest)
    {
        if (manifest.Series is null || manifest.Failed is null || manifest.Library is null)
            return "its series, its failed symbols or its library are missing";

        var symbols = new HashSet<string>(StringComparer.Ordinal);
        foreach (var series in manifest.Series)
        {
            if (series?.Symbol is null || series.Bar is null || series.ContentHash is null || series.Blocks is null)
                return "a series, or its symbol, bar, hash or blocks, is missing";
            if (!symbols.Add(series.Symbol))
                return $"{series.Symbol} stands in it twice";
            if (FaultOf(series) is { } fault)
                return $"{series.Symbol} {fault}";
        }

        return null;
    }

    private static string? FaultOf(ManifestSeries series)
    {
        if (!Array.Exists(Enum.GetValues<BarSize>(), bar => bar.ToCode() == series.Bar))
            return $"has the unknown bar '{series.Bar}'";
        if (series.From > series.To)
            return string.Create(CultureInfo.InvariantCulture, $"begins at {series.From:u}, after its end at {series.To:u}");

        var grid = Array.Find(Enum.GetValues<BarSize>(), bar => bar.ToCode() == series.Bar).ToGrid();
        DateTimeOffset? before = null;
        var rows = 0L;
        foreach (var block in series.Blocks)
        {
            if (block?.ContentHash is null)
                return "has a block without a hash";
            if (block.First > block.Last || block.First <= before || block.First < series.From || block.Last >= series.To)
                return string.Create(CultureInfo.InvariantCulture, $"has a block from {block.First:u} to {block.Last:u}, out of order or out of its range");
            if (!IsOpening(grid, block.First) || !IsOpening(grid, block.Last))
                return string.Create(CultureInfo.InvariantCulture, $"has a block from {block.First:u} to {block.Last:u}, which are no openings of {series.Bar}");
            if (block.Rows < 1)
                return string.Create(CultureInfo.InvariantCulture, $"has a block of {block.Rows} rows");
            (before, rows) = (block.Last, rows + block.Rows);
        }

        return rows == series.Rows ? null : string.Create(CultureInfo.InvariantCulture, $"has {series.Rows} rows, and {rows} in its blocks");
    }

    /// <summary>Whether a bar opens then, and another after it within the calendar.</summary>
    private static bool IsOpening(BarGrid grid, DateTimeOffset instant) =>
        instant.UtcDateTime.Year < DateTime.MaxValue.Year && instant.UtcTicks % TimeSpan.TicksPerMillisecond == 0 && grid.Contains(UnixTime.ToMilliseconds(instant));
}
