using System.Globalization;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>The candles that a <see cref="FakeOkx"/> has: every bar of every symbol since its listing, unless one is taken away.</summary>
internal sealed class FakeMarket
{
    private static readonly Dictionary<string, long> Steps = new(StringComparer.Ordinal)
    {
        ["1m"] = 60_000, ["1H"] = 3_600_000, ["4H"] = 14_400_000, ["1Dutc"] = 86_400_000, ["1Wutc"] = 604_800_000,
    };

    /// <summary>When a symbol was listed; the same for all, unless named here.</summary>
    public DateTimeOffset Listed { get; set; } = new(2018, 1, 11, 0, 0, 0, TimeSpan.Zero);

    public Dictionary<string, DateTimeOffset> ListedOn { get; } = new(StringComparer.Ordinal);

    /// <summary>The symbols that are answered with 51001.</summary>
    public HashSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Bars that do not exist.</summary>
    public Func<string, DateTimeOffset, bool> IsMissing { get; set; } = (_, _) => false;

    /// <summary>Another asset has another seed.</summary>
    public Func<string, int> SeedOf { get; set; } = symbol => symbol.Length == 0 ? 0 : symbol.Sum(letter => letter);

    /// <summary>Openings of days at 16:00 UTC, as when the server takes the bar for the one of Hong Kong.</summary>
    public bool HongKongDays { get; set; }

    public bool Knows(string bar) => bar == "1Mutc" || Steps.ContainsKey(bar);

    /// <summary>The openings that exist in (before, after), newest first.</summary>
    public IEnumerable<long> Openings(string symbol, string bar, long before, long after, long now)
    {
        var listed = ListedOn.GetValueOrDefault(symbol, Listed).ToUnixTimeMilliseconds();
        for (var open = FloorOf(bar, Math.Min(after - 1, now)); open >= listed && open > before; open = FloorOf(bar, open - 1))
        {
            if (!IsMissing(symbol, DateTimeOffset.FromUnixTimeMilliseconds(open)))
                yield return open;
        }
    }

    public long CloseOf(string bar, long open) => bar == "1Mutc"
        ? DateTimeOffset.FromUnixTimeMilliseconds(open).AddMonths(1).ToUnixTimeMilliseconds()
        : open + Steps[bar];

    /// <summary>The nine columns of a row.</summary>
    public string[] Row(string symbol, string bar, long open, long now)
    {
        var seed = SeedOf(symbol);
        var noise = (int)(unchecked((ulong)open * 2654435761UL + (ulong)seed * 97UL) % 1000);
        var close = 100m + seed % 50 + noise / 1000m;
        var high = close + 1.25m;
        var low = close - 1.5m;
        var volume = 1000m + noise + 0.123456789m;
        string[] figures = [Text(close - 0.5m), Text(high), Text(low), Text(close), Text(volume * 100), Text(volume), Text(volume * close)];
        if (!symbol.EndsWith("-SWAP", StringComparison.Ordinal))
            (figures[4], figures[5]) = (Text(volume), figures[6]);
        return [open.ToString(CultureInfo.InvariantCulture), .. figures, CloseOf(bar, open) <= now ? "1" : "0"];
    }

    private long FloorOf(string bar, long instant)
    {
        if (bar == "1Mutc")
        {
            var date = DateTimeOffset.FromUnixTimeMilliseconds(instant);
            return new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }

        var origin = bar == "1Wutc" ? 4 * 86_400_000L : HongKongDays && bar == "1Dutc" ? -8 * 3_600_000L : 0;
        var step = Steps[bar];
        return instant - ((instant - origin) % step + step) % step;
    }

    private static string Text(decimal figure) => figure.ToString(CultureInfo.InvariantCulture);
}
