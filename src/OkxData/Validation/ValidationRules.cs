namespace OkxData.Validation;

/// <summary>The ids of the rules, as they stand in <see cref="Models.DataIssue.Rule"/>. They are stable: match on them, never on messages.</summary>
public static class ValidationRules
{
    /// <summary>A candle does not open on the UTC grid of its bar. Error.</summary>
    public const string CandleOffGrid = "candle.off-grid";

    /// <summary>OKX sent the same candle twice; one was kept. Information.</summary>
    public const string CandleDuplicate = "candle.duplicate";

    /// <summary>OKX sent two finished candles with one opening and different figures. Error.</summary>
    public const string CandleConflictingDuplicate = "candle.conflicting-duplicate";

    /// <summary>Bars are missing; none is invented for them. Warning.</summary>
    public const string CandleGap = "candle.gap";

    /// <summary>The high is not the highest, or the low not the lowest of the four prices. Error.</summary>
    public const string CandleHighLow = "candle.high-low";

    /// <summary>A price is zero or less. Error.</summary>
    public const string CandleNonPositivePrice = "candle.non-positive-price";

    /// <summary>A volume is less than zero. Error.</summary>
    public const string CandleNegativeVolume = "candle.negative-volume";

    /// <summary>Many candles in a row have no volume: the market is dead, closed or not served here. Warning.</summary>
    public const string CandleZeroVolumeRun = "candle.zero-volume-run";

    /// <summary>Many traded candles in a row are the same: the feed may be stuck. Warning.</summary>
    public const string CandleFlatRun = "candle.flat-run";

    /// <summary>The close is many times the previous one, or a small part of it. Warning.</summary>
    public const string CandlePriceSpike = "candle.price-spike";

    /// <summary>A candle that a later one follows is still marked as forming. Error.</summary>
    public const string CandleUnfinished = "candle.unfinished";

    /// <summary>A candle opens in the future. Error.</summary>
    public const string CandleFuture = "candle.future";

    /// <summary>OKX now gives other figures for finished candles than it gave before; the stored ones are kept until <c>AcceptHistoryAsync</c> takes the new ones. Warning.</summary>
    public const string CandleRevised = "candle.revised";

    /// <summary>
    /// OKX now gives wholly different prices for finished candles, has none of the stored ones any more, or goes on from them at a wholly different price: the name
    /// may have passed to another asset. The stored series is kept, and nothing is added to it until <c>AcceptHistoryAsync</c> begins a new one. Error.
    /// </summary>
    public const string CandlePossibleRelisting = "candle.possible-relisting";

    /// <summary>OKX no longer has some of the stored candles, though it has others as they were; the stored ones are kept. Warning.</summary>
    public const string CandleVanished = "candle.vanished";

    /// <summary>The series is a later generation than the first, or an earlier one was asked for; the message says since when and why. Information.</summary>
    public const string CandleGeneration = "candle.generation";

    /// <summary>The instrument was delisted and is listed again, with no candles between. Information.</summary>
    public const string CandleRelisted = "candle.relisted";

    /// <summary>The candles are those of an older name, which was joined to this one by <c>JoinHistoryAsync</c>. Information.</summary>
    public const string CandleJoined = "candle.joined";

    /// <summary>The price where two joined names meet changes by more than an asset's does from one candle to the next. Warning.</summary>
    public const string CandleJoinJump = "candle.join-jump";

    /// <summary>A row of a reply could not be read; it was left out. Error.</summary>
    public const string CandleBrokenRow = "candle.broken-row";

    /// <summary>A row of OKX's status could not be read; it was left out. Error.</summary>
    public const string StatusBrokenRow = "status.broken-row";

    /// <summary>OKX could not be asked for these bars, so the series ends or has a hole where the cache does; OKX may have them. Warning.</summary>
    public const string CandleNotAsked = "candle.not-asked";

    /// <summary>A ticker's price is zero or less; the row is left out. Error.</summary>
    public const string TickerNonPositivePrice = "ticker.non-positive-price";

    /// <summary>The best bid is above the best ask, which is normal in an opening auction only. Warning.</summary>
    public const string TickerCrossed = "ticker.crossed";

    /// <summary>A ticker's volume is less than zero; the row is left out. Error.</summary>
    public const string TickerNegativeVolume = "ticker.negative-volume";

    /// <summary>A ticker has no price: nothing was traded yet. The row is left out. Information.</summary>
    public const string TickerNoPrice = "ticker.no-price";

    /// <summary>A ticker's row could not be read; it was left out. Error.</summary>
    public const string TickerBrokenRow = "ticker.broken-row";

    /// <summary>A pushed ticker's time is further ahead of OKX's own clock than clocks differ; it is left out. Error.</summary>
    public const string TickerFuture = "ticker.future";

    /// <summary>An instrument's row could not be read; it was left out. Error.</summary>
    public const string InstrumentBrokenRow = "instrument.broken-row";

    /// <summary>A row of a source of market capitalisations could not be read; it was left out. Error.</summary>
    public const string RankingBrokenRow = "ranking.broken-row";

    /// <summary>An instrument is in a state that this version does not know; the row is kept. Information.</summary>
    public const string InstrumentUnknownState = "instrument.unknown-state";
}
