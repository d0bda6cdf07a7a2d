using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.Tests.Validation.TestCandles;

namespace OkxData.Tests.Validation;

public sealed class CandleRulesTests
{
    private static readonly long Now = UnixTime.ToMilliseconds(Start.AddDays(1_000));

    [Test]
    public void Inspect_SoundCandle_FindsNothing() => Assert.That(RulesBroken(Day(0)), Is.Empty);

    [Test]
    public void Inspect_FlatCandleWithoutVolume_FindsNothing() => Assert.That(RulesBroken(Flat(0)), Is.Empty);

    [Test]
    public void Inspect_UnfinishedCandle_FindsNothing() => Assert.That(RulesBroken(Day(0) with { IsFinished = false }), Is.Empty);

    [Test]
    public void Inspect_NegativeZeroVolume_FindsNothing() => Assert.That(RulesBroken(Day(0) with { Volume = -0.0m, Contracts = -0m }), Is.Empty);

    [Test]
    public void Inspect_HongKongDay_IsOffGrid() =>
        Assert.That(RulesBroken(Day(0) with { OpenTime = Start.AddHours(16) }), Is.EqualTo(new[] { ValidationRules.CandleOffGrid }));

    [Test]
    public void Inspect_OneTickPastTheOpening_IsOffGrid() =>
        Assert.That(RulesBroken(Day(0) with { OpenTime = Start.AddTicks(1) }), Is.EqualTo(new[] { ValidationRules.CandleOffGrid }));

    [Test]
    public void Inspect_SameInstantInAnotherOffset_IsOnGrid() =>
        Assert.That(RulesBroken(Day(0) with { OpenTime = Start.ToOffset(TimeSpan.FromHours(8)) }), Is.Empty);

    [TestCase(100, 100.5, 99, 101, TestName = "Inspect_HighBelowClose_BreaksHighLow")]
    [TestCase(102, 101, 99, 100, TestName = "Inspect_HighBelowOpen_BreaksHighLow")]
    [TestCase(100, 101, 100.5, 100.7, TestName = "Inspect_LowAboveOpen_BreaksHighLow")]
    [TestCase(100, 101, 99.5, 99, TestName = "Inspect_LowAboveClose_BreaksHighLow")]
    public void Inspect_PricesOutOfOrder_BreaksHighLow(decimal open, decimal high, decimal low, decimal close) =>
        Assert.That(RulesBroken(Day(0) with { Open = open, High = high, Low = low, Close = close }), Is.EqualTo(new[] { ValidationRules.CandleHighLow }));

    [TestCase(0)]
    [TestCase(-1)]
    public void Inspect_LowNotPositive_BreaksNonPositivePrice(decimal low) =>
        Assert.That(RulesBroken(Day(0) with { Low = low }), Is.EqualTo(new[] { ValidationRules.CandleNonPositivePrice }));

    [TestCase(true, false, false)]
    [TestCase(false, true, false)]
    [TestCase(false, false, true)]
    public void Inspect_OneNegativeVolume_BreaksNegativeVolume(bool volume, bool quote, bool contracts)
    {
        var candle = Day(0) with { Volume = volume ? -1m : 1m, QuoteVolume = quote ? -0.1m : 0m, Contracts = contracts ? -0.01m : null };

        Assert.That(RulesBroken(candle), Is.EqualTo(new[] { ValidationRules.CandleNegativeVolume }));
    }

    [Test]
    public void Inspect_OpeningAtTheLimit_IsNotTheFuture() => Assert.That(RulesBroken(Day(1_000)), Is.Empty);

    [Test]
    public void Inspect_OpeningAfterTheLimit_IsTheFuture() =>
        Assert.That(RulesBroken(Day(1_001)), Is.EqualTo(new[] { ValidationRules.CandleFuture }));

    [Test]
    public void Inspect_BrokenRule_NamesSymbolBarTimeAndFigures()
    {
        var issues = new List<DataIssue>();
        CandleRules.Inspect(Symbol, BarSize.OneDay, Day(3) with { High = 42.5m }, Now, issues);

        Assert.That(issues, Has.Count.EqualTo(1));
        Assert.That(issues[0].Message, Does.StartWith("BTC-USDT 1Dutc 2024-01-04T00:00:00Z").And.Contain("high 42.5").And.Contain("low 99"));
        Assert.That(issues[0].Severity, Is.EqualTo(IssueSeverity.Error));
        Assert.That(issues[0].Range, Is.EqualTo(new UtcRange(Start.AddDays(3), Start.AddDays(4))));
    }

    [Test]
    public void Inspect_AnyCandle_NeverThrowsAndAgreesWithIsSound() =>
        Gen.Select(AnyCandle, AnyBar, Gen.OneOf(Gen.Long, Gen.Const(Now))).Sample((candle, bar, limit) =>
        {
            var issues = new List<DataIssue>();
            CandleRules.Inspect(Symbol, bar, in candle, limit, issues);
            return issues.Count == 0 == CandleRules.IsSound(in candle, bar.ToGrid(), limit)
                && issues.All(issue => issue.Severity == IssueSeverity.Error && (issue.Range.Contains(candle.OpenTime) || candle.OpenTime == DateTimeOffset.MaxValue));
        }, iter: 20_000);

    [Test]
    public void IsSound_SoundSeriesOfAnyBar_IsTrue() =>
        AnyBar.SelectMany(SoundSeries, (bar, series) => (bar, series)).Sample(
            (bar, series) => series.All(candle => CandleRules.IsSound(in candle, bar.ToGrid(), long.MaxValue)), iter: 500);

    [Test]
    public void IsSound_SoundCandle_AllocatesNothing()
    {
        var candle = Day(0);
        var grid = BarSize.OneDay.ToGrid();
        CandleRules.IsSound(in candle, grid, Now);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var sound = CandleRules.IsSound(in candle, grid, Now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((sound, allocated), Is.EqualTo((true, 0L)));
    }

    [Test]
    public void HaveSameFigures_OtherScale_IsTrue() =>
        Assert.That(CandleRules.HaveSameFigures(Day(0), Day(0) with { Close = 100.000m }), Is.True);

    [Test]
    public void HaveSameFigures_AnyFigureDiffers_IsFalse()
    {
        var candle = Day(0) with { Contracts = 5m };
        Candle[] others =
        [
            candle with { OpenTime = Start.AddDays(1) }, candle with { Open = 1m }, candle with { High = 1m }, candle with { Low = 1m },
            candle with { Close = 1m }, candle with { Volume = 1m }, candle with { QuoteVolume = 1m }, candle with { Contracts = null },
        ];

        Assert.That(others.Where(other => CandleRules.HaveSameFigures(in candle, in other)), Is.Empty);
    }

    [TestCase(100, 500, true)]
    [TestCase(500, 100, true)]
    [TestCase(100, 499.9, false)]
    [TestCase(100, 20.1, false)]
    [TestCase(0, 500, false)]
    public void LooksRelisted_ByTheFactorOfTheCloses(decimal stored, decimal received, bool expected) =>
        Assert.That(CandleRules.LooksRelisted(Day(0, stored), Day(0, received), 5), Is.EqualTo(expected));

    private static string[] RulesBroken(Candle candle)
    {
        var issues = new List<DataIssue>();
        CandleRules.Inspect(Symbol, BarSize.OneDay, in candle, Now, issues);
        Assert.That(CandleRules.IsSound(in candle, BarSize.OneDay.ToGrid(), Now), Is.EqualTo(issues.Count == 0));
        return [.. issues.Select(issue => issue.Rule)];
    }
}
