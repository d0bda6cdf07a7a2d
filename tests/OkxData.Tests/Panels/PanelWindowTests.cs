using System.Globalization;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Panels;
using OkxData.Time;

namespace OkxData.Tests.Panels;

[TestFixture]
public sealed class PanelWindowTests
{
    private static readonly CandleBatch Assets = TestBatches.Batch(
        TestBatches.Run("ALL-USDT", 0, 60), TestBatches.Run("GONE-USDT", 0, 30), TestBatches.Run("HOLES-USDT", 0, 60, 40, 42, 44), TestBatches.Run("LATE-USDT", 45, 60));

    [TestCase(0, "2024-02-19")]
    [TestCase(1, "2024-02-19")]
    [TestCase(23, "2024-02-19")]
    [TestCase(24, "2024-02-20")]
    [TestCase(-1, "2024-02-18")]
    public void Window_Instant_EndsWithTheLastDayThatHadClosed(int hours, string last)
    {
        var window = Assets.ToPanel().Window(TestBatches.Day(50).AddHours(hours).ToOffset(TimeSpan.FromHours(8)), 20);

        Assert.That(window.Panel.ToDates()[^1].ToString("O", CultureInfo.InvariantCulture), Is.EqualTo(last));
        Assert.That(window.Panel.Rows, Is.EqualTo(20));
    }

    [Test]
    public void Window_ThinAssets_AreDroppedWithTheReason()
    {
        var window = Assets.ToPanel().Window(TestBatches.Day(50), 20, 0.9);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(window.Panel.Symbols, Is.EqualTo(new[] { "ALL-USDT" }));
            Assert.That(window.Dropped.Select(asset => (asset.Symbol, asset.ObservedBars, asset.Bars)), Is.EqualTo(new[] { ("GONE-USDT", 0, 20), ("HOLES-USDT", 17, 20), ("LATE-USDT", 5, 20) }));
            Assert.That(window.Dropped[0].Reason, Is.EqualTo("0 of 20 bars have a price, 90% are asked for."));
            Assert.That(window.Dropped[2].ToString(), Is.EqualTo("LATE-USDT: 5 of 20 bars have a price, 90% are asked for; the first is of 2024-02-15."));
            Assert.That(Assets.ToPanel().Window(TestBatches.Day(40), 20).Dropped[0].Reason, Does.EndWith("; the last is of 2024-01-30."));
        }
    }

    [Test]
    public void Window_FilledPrices_DoNotCountAsObserved()
    {
        var panel = Assets.ToPanel(missing: MissingPrice.ForwardFill(5));

        var window = panel.Window(TestBatches.Day(50), 20, 0.85);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(window.Panel.Symbols, Is.EqualTo(new[] { "ALL-USDT", "HOLES-USDT" }));
            Assert.That(window.Panel.FillCounts, Is.EqualTo(new[] { 0, 3 }));
            Assert.That(panel.Window(TestBatches.Day(50), 20, 0.9).Dropped.Select(asset => asset.Symbol), Does.Contain("HOLES-USDT"));
        }
    }

    [Test]
    public void Window_ExactlyTheLeastShare_IsEnough() =>
        Assert.That(TestBatches.Batch(TestBatches.Run("A-USDT", 0, 80, 1, 2, 3, 4)).ToPanel().Window(TestBatches.Day(80), 80, 0.95).Dropped, Is.Empty);

    [Test]
    public void Window_LongAfterTheLastRow_HoldsNoOldRows()
    {
        var window = Assets.ToPanel().Window(TestBatches.Day(400), 20);

        Assert.That((window.Panel.Rows, window.Dropped.Count), Is.EqualTo((0, 4)));
    }

    [Test]
    public void Window_OfReturns_CountsReturns()
    {
        var window = Assets.ToPanel().ToReturns(ReturnKind.Simple).Window(TestBatches.Day(60), 15, 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(window.Panel.Symbols, Is.EqualTo(new[] { "ALL-USDT" }));
            Assert.That(window.Dropped.Select(asset => asset.ObservedBars), Is.EqualTo(new[] { 0, 14, 14 }), "A hole on the day before the window takes its first return.");
            Assert.That(window.Dropped.Single(asset => asset.Symbol == "LATE-USDT").Reason, Is.EqualTo("14 of 15 bars have a return, 100% are asked for; the first is of 2024-02-16."));
            Assert.That(window.Panel.Values[0, window.Panel.IndexOf("ALL-USDT")], Is.EqualTo(145d / 144 - 1).Within(1e-12));
            Assert.That(window.Panel.CloseTime(14), Is.EqualTo(TestBatches.Day(60)));
        }
    }

    [TestCase(0, 0.5, "bars")]
    [TestCase(-1, 0.5, "bars")]
    [TestCase(1, -0.1, "minObserved")]
    [TestCase(1, 1.1, "minObserved")]
    [TestCase(1, double.NaN, "minObserved")]
    public void Window_BadInput_IsNamed(int bars, double minObserved, string name)
    {
        Assert.That(() => Assets.ToPanel().Window(TestBatches.Day(5), bars, minObserved), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
        Assert.That(() => Assets.ToPanel().ToReturns().Window(TestBatches.Day(5), bars, minObserved), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
    }

    [Test]
    public void Window_AtTheEndsOfTime_IsEmpty()
    {
        Assert.That(Assets.ToPanel().Window(DateTimeOffset.MinValue, int.MaxValue).Panel.Rows, Is.Zero);
        Assert.That(Assets.ToPanel().Window(DateTimeOffset.MaxValue, 1).Panel.Rows, Is.Zero);
        Assert.That(Assets.ToPanel().Window(DateTimeOffset.MaxValue, int.MaxValue, 0).Panel.Rows, Is.EqualTo(60));
    }

    [TestCase(BarSize.OneMonth, "2024-06-30T23:59:59Z", "2024-05-01")]
    [TestCase(BarSize.OneMonth, "2024-07-01T00:00:00Z", "2024-06-01")]
    [TestCase(BarSize.OneWeek, "2024-06-30T23:59:59Z", "2024-06-17")]
    [TestCase(BarSize.OneWeek, "2024-07-01T00:00:00Z", "2024-06-24")]
    public void Window_OfLongerBars_FollowsTheCalendar(BarSize bar, string asOf, string last)
    {
        var range = new UtcRange(TestBatches.Start, TestBatches.Start.AddYears(1));
        var opens = Enumerable.Range(0, 366).Select(TestBatches.Day).Where(day => bar == BarSize.OneMonth ? day.Day == 1 : day.DayOfWeek == DayOfWeek.Monday);
        var series = CandleSeries.Create("BTC-USDT", bar, range, opens.Select(open => TestBatches.Candle(0, 1m) with { OpenTime = open }));

        var window = TestBatches.Batch(series).ToPanel().Window(DateTimeOffset.Parse(asOf, CultureInfo.InvariantCulture), 3, 1);

        Assert.That(window.Dropped, Is.Empty);
        Assert.That((window.Panel.Rows, window.Panel.ToDates()[^1]), Is.EqualTo((3, DateOnly.Parse(last, CultureInfo.InvariantCulture))));
    }
}
