using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.Tests.Validation.TestCandles;

namespace OkxData.Tests.Validation;

public sealed class CandleSeriesRulesTests
{
    private static readonly ValidationOptions Options = new();

    [Test]
    public void Inspect_Empty_FindsNothing() => Assert.That(Inspect([]), Is.Empty);

    [Test]
    public void Inspect_OpenDiffersFromPreviousClose_FindsNothing() =>
        Assert.That(Inspect([Day(0), Day(1) with { Open = 99.5m }, Day(2) with { Open = 100.5m }]), Is.Empty);

    [Test]
    public void Inspect_WeeksOfFlatCandlesWithoutVolume_IsOneFindingOverAllOfThem()
    {
        // A regional book that stood still at 99,001 for weeks: ccxt/ccxt issue 24949.
        Candle[] candles = [Day(0, 98_000m), .. Enumerable.Range(1, 21).Select(day => Flat(day)), Day(22, 99_500m)];

        var issue = Inspect(candles).Single();

        Assert.That(issue.Rule, Is.EqualTo(ValidationRules.CandleZeroVolumeRun));
        Assert.That(issue.Severity, Is.EqualTo(IssueSeverity.Warning));
        Assert.That(issue.Range, Is.EqualTo(new UtcRange(Start.AddDays(1), Start.AddDays(22))));
        Assert.That(issue.Message, Does.Contain("BTC-USDT 1Dutc 2024-01-02T00:00:00Z").And.Contain("21 candles").And.Contain("99001"));
    }

    [TestCase(4, 0)]
    [TestCase(5, 1)]
    public void Inspect_ZeroVolumeRunAtTheEnd_CountsFromTheOptionOn(int idle, int findings) =>
        Assert.That(Inspect([Day(0), .. Enumerable.Range(1, idle).Select(day => Flat(day, 100m))]), Has.Count.EqualTo(findings));

    [Test]
    public void Inspect_TwoIdleRuns_AreTwoFindings()
    {
        Candle[] candles = [.. Enumerable.Range(0, 6).Select(day => Flat(day, 100m)), Day(6), .. Enumerable.Range(7, 6).Select(day => Flat(day, 100m))];

        Assert.That(Inspect(candles).Select(issue => issue.Range.Start), Is.EqualTo(new[] { Start, Start.AddDays(7) }));
    }

    [TestCase(4, 0)]
    [TestCase(5, 1)]
    public void Inspect_TradedCandlesWhosePriceNeverMoves_AreAFlatRun(int count, int findings)
    {
        Candle[] candles = [Day(0), .. Enumerable.Range(1, count).Select(day => Flat(day, 100m, volume: day)), Day(count + 1)];

        var issues = Inspect(candles);

        Assert.That(issues.Select(issue => issue.Rule), Is.EqualTo(Enumerable.Repeat(ValidationRules.CandleFlatRun, findings)));
        if (findings > 0)
            Assert.That(issues[0].Range, Is.EqualTo(new UtcRange(Start.AddDays(1), Start.AddDays(count + 1))));
    }

    [Test]
    public void Inspect_SamePricesWithSameVolumeAgainAndAgain_AreAFlatRun() =>
        Assert.That(Inspect([.. Enumerable.Range(0, 8).Select(day => Day(day))]).Single().Rule, Is.EqualTo(ValidationRules.CandleFlatRun));

    [Test]
    public void Inspect_StablecoinWithSamePricesAndOtherVolumes_FindsNothing() =>
        Assert.That(Inspect([.. Enumerable.Range(0, 30).Select(day => Day(day, volume: 1 + day))]), Is.Empty);

    [TestCase(100, 500)]
    [TestCase(500, 100)]
    [TestCase(0.00000001, 0.00000005)]
    public void Inspect_CloseChangesByTheFactor_IsASpike(decimal before, decimal after)
    {
        var issue = Inspect([Flat(0, before, 1m), Flat(1, after, 2m)]).Single();

        Assert.That(issue.Rule, Is.EqualTo(ValidationRules.CandlePriceSpike));
        Assert.That(issue.Range, Is.EqualTo(new UtcRange(Start.AddDays(1), Start.AddDays(2))));
        Assert.That(issue.Message, Does.Contain(before.ToString(System.Globalization.CultureInfo.InvariantCulture)).And.Contain(after.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public void Inspect_CloseChangesByLessThanTheFactor_FindsNothing() =>
        Assert.That(Inspect([Day(0, 100m), Day(1, 499.99m), Day(2, 100m)]), Is.Empty);

    [Test]
    public void Inspect_UnfinishedCandleInTheMiddle_IsAnError()
    {
        var issue = Inspect([Day(0), Day(1) with { IsFinished = false, Volume = 3m }, Day(2)]).Single();

        Assert.That((issue.Rule, issue.Severity), Is.EqualTo((ValidationRules.CandleUnfinished, IssueSeverity.Error)));
    }

    [Test]
    public void Inspect_UnfinishedCandleAtTheEnd_FindsNothing() =>
        Assert.That(Inspect([Day(0), Day(1) with { IsFinished = false, Volume = 3m }]), Is.Empty);

    [Test]
    public void Inspect_AnyCandles_NeverThrowsAndReportsInTimeOrder() =>
        Gen.Select(AnyCandle.Array[0, 40], AnyBar).Sample((candles, bar) =>
        {
            Array.Sort(candles, (a, b) => a.OpenTime.CompareTo(b.OpenTime));
            var issues = CandleSeriesRules.Inspect(Symbol, bar, candles, Options);
            return issues.Zip(issues.Skip(1)).All(pair => pair.First.Range.Start <= pair.Second.Range.Start);
        }, iter: 2_000);

    [Test]
    public void Inspect_SoundSeries_HasNoErrors() =>
        AnyBar.SelectMany(SoundSeries, (bar, series) => (bar, series)).Sample(
            (bar, series) => CandleSeriesRules.Inspect(Symbol, bar, series, Options).All(issue => issue.Severity != IssueSeverity.Error), iter: 500);

    [Test]
    public void Inspect_NothingToFind_AllocatesNothing()
    {
        Candle[] candles = [.. Enumerable.Range(0, 2_000).Select(day => Day(day, 100m + day % 7, 1 + day % 5))];
        CandleSeriesRules.Inspect(Symbol, BarSize.OneDay, candles, Options);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var issues = CandleSeriesRules.Inspect(Symbol, BarSize.OneDay, candles, Options);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((issues.Count, allocated), Is.EqualTo((0, 0L)));
    }

    private static IReadOnlyList<DataIssue> Inspect(Candle[] candles) => CandleSeriesRules.Inspect(Symbol, BarSize.OneDay, candles, Options);
}
