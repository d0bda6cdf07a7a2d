using System.Globalization;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Validation;

/// <summary>The one place where findings about candles are put into words.</summary>
internal static partial class CandleIssues
{
    public static DataIssue OffGrid(string symbol, BarSize bar, in Candle candle) =>
        Error(ValidationRules.CandleOffGrid, symbol, bar, in candle, "it does not open on the UTC grid of its bar");

    public static DataIssue Future(string symbol, BarSize bar, in Candle candle, long futureLimit) =>
        Error(ValidationRules.CandleFuture, symbol, bar, in candle, $"it opens after {LimitText(futureLimit)}, which is in the future");

    public static DataIssue Unfinished(string symbol, BarSize bar, in Candle candle) =>
        Error(ValidationRules.CandleUnfinished, symbol, bar, in candle, $"it is marked as still forming, with close {Text(candle.Close)}, though a later candle follows it");

    public static DataIssue HighLow(string symbol, BarSize bar, in Candle candle) =>
        Error(ValidationRules.CandleHighLow, symbol, bar, in candle, $"the high or the low is not the extreme of its prices: {Prices(in candle)}");

    public static DataIssue NonPositivePrice(string symbol, BarSize bar, in Candle candle) =>
        Error(ValidationRules.CandleNonPositivePrice, symbol, bar, in candle, $"a price is zero or less: {Prices(in candle)}");

    public static DataIssue NegativeVolume(string symbol, BarSize bar, in Candle candle) =>
        Error(ValidationRules.CandleNegativeVolume, symbol, bar, in candle, $"a volume is less than zero: {Volumes(in candle)}");

    public static DataIssue Duplicate(string symbol, BarSize bar, in Candle candle) =>
        Create(ValidationRules.CandleDuplicate, IssueSeverity.Information, symbol, bar, in candle, "OKX sent it twice with the same figures; one was kept");

    public static DataIssue ConflictingDuplicate(string symbol, BarSize bar, in Candle kept, in Candle other) =>
        Error(ValidationRules.CandleConflictingDuplicate, symbol, bar, in kept, $"OKX sent it twice: {Figures(in kept)}, and {Figures(in other)}");

    /// <summary>A row that could not be read.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="index">The place of the row in its reply.</param>
    /// <param name="openTime">When it opens, where that could be read.</param>
    /// <param name="reason">Why it could not, such as <c>the close 'abc' is not a number</c>.</param>
    public static DataIssue BrokenRow(string symbol, BarSize bar, int index, DateTimeOffset? openTime, string reason) => new()
    {
        Rule = ValidationRules.CandleBrokenRow,
        Severity = IssueSeverity.Error,
        Range = openTime is { } open ? RangeOf(bar, open) : default,
        Message = string.Create(CultureInfo.InvariantCulture, $"{symbol} {Code(bar)} {(openTime is { } at ? Text(at) : "at an unknown time")}: row {index} of the reply cannot be read: {reason}"),
    };

    public static DataIssue Gap(string symbol, BarSize bar, UtcRange range, long count) => new()
    {
        Rule = ValidationRules.CandleGap,
        Severity = IssueSeverity.Warning,
        Range = range,
        Message = string.Create(CultureInfo.InvariantCulture, $"{symbol} {Code(bar)} {range}: {count} {(count == 1 ? "bar is" : "bars are")} missing"),
    };

    public static DataIssue NotAsked(string symbol, BarSize bar, UtcRange range, string reason) => new()
    {
        Rule = ValidationRules.CandleNotAsked,
        Severity = IssueSeverity.Warning,
        Range = range,
        Message = $"{symbol} {Code(bar)} {range}: OKX could not be asked for these bars, and the cache does not hold them ({reason.TrimEnd('.')})",
    };

    public static DataIssue ZeroVolumeRun(string symbol, BarSize bar, in Candle first, in Candle last, int count) =>
        Run(ValidationRules.CandleZeroVolumeRun, symbol, bar, in first, in last, $"{count} candles in a row have no volume; the last close is {Text(last.Close)}");

    public static DataIssue FlatRun(string symbol, BarSize bar, in Candle first, in Candle last, int count) =>
        Run(ValidationRules.CandleFlatRun, symbol, bar, in first, in last, $"{count} traded candles in a row are the same: {Prices(in last)}");

    public static DataIssue PriceSpike(string symbol, BarSize bar, in Candle previous, in Candle candle) =>
        Create(ValidationRules.CandlePriceSpike, IssueSeverity.Warning, symbol, bar, in candle, $"the close went from {Text(previous.Close)} at {Text(previous.OpenTime)} to {Text(candle.Close)}");

    /// <summary>The time of the bar up to the next opening of the grid, so that no other opening lies in it.</summary>
    public static UtcRange RangeOf(BarSize bar, DateTimeOffset openTime)
    {
        if (openTime.UtcTicks >= LastOpening)
            return new UtcRange(openTime, DateTimeOffset.MaxValue);

        var grid = bar.ToGrid();
        return new UtcRange(openTime, UnixTime.FromMilliseconds(grid.Add(grid.Floor(openTime.ToUnixTimeMilliseconds()), 1)));
    }

    // The calendar ends with year 9999; a bar that opens in its last month has no next opening.
    private static readonly long LastOpening = new DateTime(9999, 12, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static DataIssue Error(string rule, string symbol, BarSize bar, in Candle candle, string what) =>
        Create(rule, IssueSeverity.Error, symbol, bar, in candle, what);

    private static DataIssue Create(string rule, IssueSeverity severity, string symbol, BarSize bar, in Candle candle, string what) => new()
    {
        Rule = rule,
        Severity = severity,
        Range = RangeOf(bar, candle.OpenTime),
        Message = $"{symbol} {Code(bar)} {Text(candle.OpenTime)}: {what}",
    };

    private static DataIssue Run(string rule, string symbol, BarSize bar, in Candle first, in Candle last, FormattableString what) => new()
    {
        Rule = rule,
        Severity = IssueSeverity.Warning,
        Range = new UtcRange(first.OpenTime, RangeOf(bar, last.OpenTime).End),
        Message = $"{symbol} {Code(bar)} {Text(first.OpenTime)}: {what.ToString(CultureInfo.InvariantCulture)}",
    };

    private static string Prices(in Candle candle) =>
        string.Create(CultureInfo.InvariantCulture, $"open {candle.Open}, high {candle.High}, low {candle.Low}, close {candle.Close}");

    private static string Volumes(in Candle candle) => candle.Contracts is { } contracts
        ? string.Create(CultureInfo.InvariantCulture, $"volume {candle.Volume}, quote volume {candle.QuoteVolume}, contracts {contracts}")
        : string.Create(CultureInfo.InvariantCulture, $"volume {candle.Volume}, quote volume {candle.QuoteVolume}");

    private static string Figures(in Candle candle) => $"{Prices(in candle)}, {Volumes(in candle)}";

    private static string Code(BarSize bar) => bar.IsDefined() ? bar.ToCode() : bar.ToString();

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string LimitText(long instant) =>
        UnixTime.IsRepresentable(instant) ? Text(UnixTime.FromMilliseconds(instant)) : instant.ToString(CultureInfo.InvariantCulture);
}
