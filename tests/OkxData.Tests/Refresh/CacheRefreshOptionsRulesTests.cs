using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Refresh;
using OkxData.Time;

namespace OkxData.Tests.Refresh;

[TestFixture]
public sealed class CacheRefreshOptionsRulesTests
{
    [Test]
    public void Validate_Fine_IsFine()
    {
        var options = new CacheRefreshOptions { Top = 10 };
        options.Symbols.Add("btc/usdt");
        options.Bars.Add(BarSize.OneHour);

        Assert.That(new CacheRefreshOptionsRules().Validate("", options).Succeeded);
    }

    [Test]
    public void Validate_OutOfRange_NamesKeyAndValue()
    {
        var options = new CacheRefreshOptions { Top = 501, QuoteCurrency = " ", History = TimeSpan.Zero, Delay = TimeSpan.FromHours(2), Spread = TimeSpan.FromSeconds(-1) };
        options.Symbols.Add("../BTC");
        options.Bars.Add((BarSize)99);

        var faults = new CacheRefreshOptionsRules().Validate("", options).Failures!.ToList();

        Assert.That(faults, Has.Count.EqualTo(7));
        foreach (var part in (string[])["Symbols has '../BTC'", "Top is 501", "QuoteCurrency", "Bars has 99", "History is 00:00:00", "Delay is 02:00:00", "Spread is -00:00:01"])
            Assert.That(faults, Has.Some.Contains(part));
        Assert.That(new CacheRefreshOptionsRules().Validate("", new CacheRefreshOptions()).FailureMessage, Does.Contain("neither Symbols nor Top"));
    }

    [Test]
    public void DueAt_AnySeries_IsAlwaysTheSameWhileAfterTheCloseAndBeforeAQuarterOfTheBar() =>
        Gen.Select(Gen.Int[0, 12], Gen.String[Gen.Char['A', 'Z'], 1, 8], Gen.Int[0, 3600], Gen.Int[0, 3600]).Sample((bar, symbol, delay, spread) =>
        {
            var size = (BarSize)bar;
            var schedule = new RefreshSchedule(size, TimeSpan.FromSeconds(delay), TimeSpan.FromSeconds(spread));
            var close = schedule.CloseAt(new DateTimeOffset(2026, 6, 15, 10, 30, 0, TimeSpan.Zero));
            var next = size.ToGrid().Add(close, 1);
            var after = schedule.DueAt(close, symbol) - UnixTime.FromMilliseconds(close) - TimeSpan.FromSeconds(delay);

            Assert.That(after, Is.InRange(TimeSpan.Zero, TimeSpan.FromSeconds(spread)));
            Assert.That(after.TotalMilliseconds, Is.LessThanOrEqualTo(size.ToGrid().ShortestStep / 4.0));
            Assert.That(schedule.DueAt(next, symbol) - UnixTime.FromMilliseconds(next), Is.EqualTo(schedule.DueAt(close, symbol) - UnixTime.FromMilliseconds(close)));
            Assert.That(schedule.NextRound(close), Is.GreaterThan(schedule.DueAt(close, symbol)).Or.EqualTo(schedule.DueAt(close, symbol)));
        });

    [Test]
    public void DueAt_ManySeries_SpreadOverTheWholeTime()
    {
        var schedule = new RefreshSchedule(BarSize.OneDay, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));

        var due = Enumerable.Range(0, 100).Select(index => schedule.DueAt(0, $"S{index}-USDT")).ToList();

        Assert.That(due.Max() - due.Min(), Is.GreaterThan(TimeSpan.FromSeconds(100)));
        Assert.That(due.GroupBy(at => at.ToUnixTimeSeconds() / 10).Max(group => group.Count()), Is.LessThan(25));
    }
}
