using System.Globalization;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Validation;

/// <content>What is said of series that OKX has changed, and of names that have.</content>
internal static partial class CandleIssues
{
    private const string Remedy = "AcceptHistoryAsync takes what OKX says now, as a new generation, and keeps the stored candles as the earlier one";

    public static DataIssue Revised(string symbol, BarSize bar, in Candle stored, in Candle received) => Revised(symbol, bar, [new StoredDifference(stored, received)]);

    /// <summary>Candles in a row whose figures OKX has changed.</summary>
    public static DataIssue Revised(string symbol, BarSize bar, ReadOnlySpan<StoredDifference> run)
    {
        var (worst, change) = Largest(run);
        var (stored, received) = (worst.Stored, worst.Received.GetValueOrDefault());
        var what = run.Length == 1
            ? $"OKX has changed it, the {change}, from {Figures(in stored)}, which is kept, to {Figures(in received)}; {Remedy}"
            : string.Create(CultureInfo.InvariantCulture, $"OKX has changed {run.Length} candles in a row, most of all the {change}, from {Figures(in stored)} to {Figures(in received)}; the stored ones are kept; {Remedy}");
        return Of(ValidationRules.CandleRevised, IssueSeverity.Warning, symbol, bar, run, what);
    }

    public static DataIssue PossibleRelisting(string symbol, BarSize bar, in Candle stored, in Candle received) => PossibleRelisting(symbol, bar, [new StoredDifference(stored, received)]);

    /// <summary>Candles in a row whose prices are wholly different now.</summary>
    public static DataIssue PossibleRelisting(string symbol, BarSize bar, ReadOnlySpan<StoredDifference> run)
    {
        var (stored, received) = (run[0].Stored.Close, run[0].Received.GetValueOrDefault().Close);
        var count = run.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", and likewise of the {run.Length} candles up to {Text(run[^1].Stored.OpenTime)}, the {Largest(run).Change} most of all");
        return Of(ValidationRules.CandlePossibleRelisting, IssueSeverity.Error, symbol, bar, run, $"the stored close is {Text(stored)}, and OKX now says {Text(received)}{count}: the name may have passed to another asset, so the stored series is kept and not continued; {Remedy}");
    }

    public static DataIssue Vanished(string symbol, BarSize bar, in Candle stored) => Vanished(symbol, bar, [new StoredDifference(stored, null)], isSameAsset: false);

    /// <summary>Stored candles in a row that OKX no longer has, though it has others.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="run">The candles.</param>
    /// <param name="isSameAsset">Whether other stored candles are still there, as they were.</param>
    public static DataIssue Vanished(string symbol, BarSize bar, ReadOnlySpan<StoredDifference> run, bool isSameAsset)
    {
        var which = run.Length == 1
            ? $"this candle, whose stored close is {Text(run[0].Stored.Close)}"
            : string.Create(CultureInfo.InvariantCulture, $"these {run.Length} candles, the first of which has the stored close {Text(run[0].Stored.Close)}");
        return isSameAsset
            ? Of(ValidationRules.CandleVanished, IssueSeverity.Warning, symbol, bar, run, $"OKX no longer has {which}, though it has others that are as they were; the stored ones are kept; {Remedy}")
            : Of(ValidationRules.CandlePossibleRelisting, IssueSeverity.Error, symbol, bar, run, $"OKX no longer has {which}, though it has others: the name may have passed to another asset, so the stored series is kept and not continued; {Remedy}");
    }

    /// <summary>A candle that goes on from the one before it, one of them stored and the other not, at a wholly different price.</summary>
    public static DataIssue Break(string symbol, BarSize bar, in Candle before, in Candle after) =>
        Error(ValidationRules.CandlePossibleRelisting, symbol, bar, in after, $"it opens at {Text(after.Open)}, and the candle before it, of {Text(before.OpenTime)}, closed at {Text(before.Close)}; one of the two is stored: the name may have passed to another asset, so the stored series is kept and not continued; {Remedy}");

    /// <summary>A generation other than the first, or an earlier one.</summary>
    public static DataIssue Generation(string symbol, BarSize bar, int generation, long? since, string? reason, long? begins, bool isEarlier) => new()
    {
        Rule = ValidationRules.CandleGeneration,
        Severity = IssueSeverity.Information,
        Message = string.Create(CultureInfo.InvariantCulture, $"{symbol} {Code(bar)}: these candles are generation {generation}{SinceText(since, reason, begins)}{(isEarlier ? ", an earlier one: it is read from the cache only, and nothing is added to it" : "; earlier ones are read with CandleQuery.Generation")}"),
    };

    public static DataIssue Relisted(string symbol, BarSize bar, UtcRange hole) =>
        Information(ValidationRules.CandleRelisted, symbol, bar, hole, "the instrument was not listed, and is again; it has no candles of that time");

    public static DataIssue Joined(string symbol, BarSize bar, string older, int generation, UtcRange range, long at) =>
        Information(ValidationRules.CandleJoined, symbol, bar, range, string.Create(CultureInfo.InvariantCulture, $"the candles before {LimitText(at)} are those of {older} (generation {generation}), which was joined to {symbol}; SeparateHistoryAsync undoes that"));

    public static DataIssue JoinJump(string symbol, BarSize bar, string older, in Candle before, in Candle after) =>
        Create(ValidationRules.CandleJoinJump, IssueSeverity.Warning, symbol, bar, in after, $"{symbol} opens at {Text(after.Open)}, and {older}, which was joined to it, closed at {Text(before.Close)} at {Text(before.OpenTime)}: one unit of the older may not be one of the newer");

    private static string SinceText(long? since, string? reason, long? begins) => string.Concat(
        since is { } instant ? $", begun at {LimitText(instant)}" : "",
        reason is null ? "" : $" because of {reason}",
        begins is { } opening ? $", with nothing from before {LimitText(opening)}, which belongs to an earlier one" : "");

    private static DataIssue Information(string rule, string symbol, BarSize bar, UtcRange range, string what) => new()
    {
        Rule = rule,
        Severity = IssueSeverity.Information,
        Range = range,
        Message = $"{symbol} {Code(bar)} {range}: {what}",
    };

    private static DataIssue Of(string rule, IssueSeverity severity, string symbol, BarSize bar, ReadOnlySpan<StoredDifference> run, string what)
    {
        var (first, last) = (run[0].Stored, run[^1].Stored);
        var issue = Create(rule, severity, symbol, bar, in first, what);
        return run.Length == 1 ? issue : issue with { Range = new UtcRange(first.OpenTime, RangeOf(bar, last.OpenTime).End), Message = $"{symbol} {Code(bar)} {new UtcRange(first.OpenTime, RangeOf(bar, last.OpenTime).End)}: {what}" };
    }

    /// <summary>The candle of which a figure has changed most, as a part of what it was, and that figure.</summary>
    private static (StoredDifference Difference, string Change) Largest(ReadOnlySpan<StoredDifference> run)
    {
        var worst = (Difference: run[0], Figure: "close", Change: -1.0);
        foreach (var difference in run)
        {
            var (stored, received) = (difference.Stored, difference.Received.GetValueOrDefault());
            foreach (var (figure, old, now) in new[]
            {
                ("close", stored.Close, received.Close), ("open", stored.Open, received.Open), ("high", stored.High, received.High), ("low", stored.Low, received.Low),
                ("volume", stored.Volume, received.Volume), ("quote volume", stored.QuoteVolume, received.QuoteVolume), ("contracts", stored.Contracts ?? 0, received.Contracts ?? 0),
            })
            {
                var change = old == now ? 0 : old == 0 ? double.PositiveInfinity : Math.Abs((double)now / (double)old - 1);
                if (change > worst.Change)
                    worst = (difference, figure, change);
            }
        }

        return (worst.Difference, double.IsFinite(worst.Change)
            ? string.Create(CultureInfo.InvariantCulture, $"{worst.Figure} by {worst.Change * 100:0.######} %")
            : $"{worst.Figure} from 0");
    }
}
