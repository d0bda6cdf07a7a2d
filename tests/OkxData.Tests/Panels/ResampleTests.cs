using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Panels;
using OkxData.Time;

namespace OkxData.Tests.Panels;

[TestFixture]
public sealed class ResampleTests
{
    [Test]
    public void Resample_WholeWeek_IsMadeOfItsDays()
    {
        Candle[] days = [.. Enumerable.Range(0, 7).Select(day => TestBatches.Candle(day, 100 + day, 10 + day) with { High = 200 - day, Low = 50 + day, Contracts = 2m })];

        var week = TestBatches.Series("BTC-USDT", days).Resample(BarSize.OneWeek).Candles.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(week.Candle, Is.EqualTo(new Candle { OpenTime = TestBatches.Start, Open = 99m, High = 200m, Low = 50m, Close = 106m, Volume = 70m, QuoteVolume = 91m, Contracts = 14m, IsFinished = true }));
            Assert.That((week.ObservedDays, week.ExpectedDays, week.IsComplete, week.StartsLate, week.EndsEarly), Is.EqualTo((7, 7, true, false, false)));
        }
    }

    [Test]
    public void Resample_ListedOnWednesday_MarksTheFirstWeek()
    {
        var weeks = TestBatches.Run("BTC-USDT", 2, 16).Resample(BarSize.OneWeek).Candles;

        Assert.That(weeks.Select(week => (week.Candle.OpenTime, week.ObservedDays, week.IsComplete, week.StartsLate, week.EndsEarly)), Is.EqualTo(new[]
        {
            (TestBatches.Day(0), 5, false, true, false), (TestBatches.Day(7), 7, true, false, false), (TestBatches.Day(14), 2, false, false, true),
        }));
    }

    [Test]
    public void Resample_DayMissingInTheMiddle_MarksItsWeekOnly()
    {
        var weeks = TestBatches.Run("BTC-USDT", 0, 21, 9).Resample(BarSize.OneWeek);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(weeks.Candles.Select(week => week.IsComplete), Is.EqualTo(new[] { true, false, true }));
            Assert.That((weeks.Candles[1].StartsLate, weeks.Candles[1].EndsEarly, weeks.Candles[1].ObservedDays), Is.EqualTo((false, false, 6)));
            Assert.That(weeks.ToCompleteSeries().Select(week => week.OpenTime), Is.EqualTo(new[] { TestBatches.Day(0), TestBatches.Day(14) }));
        }
    }

    [Test]
    public void Resample_Months_FollowTheCalendar()
    {
        var months = TestBatches.Run("BTC-USDT", 0, 90).Resample(BarSize.OneMonth);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(months.Candles.Select(month => (month.ExpectedDays, month.IsComplete, month.Candle.IsFinished)), Is.EqualTo(new[] { (31, true, true), (29, true, true), (31, false, false) }));
            Assert.That(months.ToCompleteSeries().Coverage.IsComplete, Is.True);
            Assert.That(months.ToCompleteSeries().Range, Is.EqualTo(new UtcRange(TestBatches.Start, TestBatches.Day(60))));
        }
    }

    [Test]
    public void Resample_DayThatStillForms_IsLeftOut()
    {
        var days = TestBatches.Series("BTC-USDT", Enumerable.Range(0, 7).Select(day => TestBatches.Candle(day, 1m, isFinished: day < 6)));

        Assert.That(days.Resample(BarSize.OneWeek).Candles.Single().ObservedDays, Is.EqualTo(6));
    }

    [Test]
    public void Resample_CompleteSeries_MakesAPanel()
    {
        var weeks = TestBatches.Run("BTC-USDT", 2, 40, 20).Resample(BarSize.OneWeek).ToCompleteSeries();

        var panel = TestBatches.Batch(weeks).ToPanel();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(weeks.Coverage.Gaps, Is.EqualTo(new[] { new UtcRange(TestBatches.Day(0), TestBatches.Day(7)), new UtcRange(TestBatches.Day(14), TestBatches.Day(21)), new UtcRange(TestBatches.Day(35), TestBatches.Day(84)) }));
            Assert.That(panel.ToDates(), Is.EqualTo(new[] { new DateOnly(2024, 1, 8), new DateOnly(2024, 1, 15), new DateOnly(2024, 1, 22), new DateOnly(2024, 1, 29) }));
            Assert.That(double.IsNaN(panel.Values[1, 0]), Is.True);
        }
    }

    [TestCase(BarSize.OneWeek)]
    [TestCase(BarSize.OneMonth)]
    public void Resample_AnyDays_LosesAndSplicesNone(BarSize bar) => TestBatches.Some.Sample(batch => batch.Series.Values.All(days =>
    {
        var periods = days.Resample(bar).Candles;
        var finished = days.Where(day => day.IsFinished).ToArray();
        return periods.Sum(period => period.ObservedDays) == finished.Length
            && periods.Sum(period => period.Candle.QuoteVolume) == finished.Sum(day => day.QuoteVolume)
            && periods.All(period =>
            {
                var open = period.Candle.OpenTime;
                var close = bar == BarSize.OneWeek ? open.AddDays(7) : open.AddMonths(1);
                var own = finished.Where(day => day.OpenTime >= open && day.OpenTime < close).ToArray();
                return (bar == BarSize.OneWeek ? open.DayOfWeek == DayOfWeek.Monday : open.Day == 1)
                    && own.Length == period.ObservedDays && own[0].Open == period.Candle.Open && own[^1].Close == period.Candle.Close
                    && own.Max(day => day.High) == period.Candle.High && own.Min(day => day.Low) == period.Candle.Low
                    && period.IsComplete == (own.Length == (int)(close - open).TotalDays);
            });
    }));

    [Test]
    public void Resample_BadInput_IsNamed()
    {
        var hours = CandleSeries.Create("BTC-USDT", BarSize.OneHour, new UtcRange(TestBatches.Start, TestBatches.Day(1)), []);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => hours.Resample(BarSize.OneWeek), Throws.ArgumentException.With.Message.Contains("BTC-USDT is a series of OneHour"));
            Assert.That(() => TestBatches.Run("BTC-USDT", 0, 3).Resample(BarSize.OneDay), Throws.ArgumentException.With.Message.Contains("OneDay"));
            Assert.That(() => ((CandleSeries)null!).Resample(BarSize.OneWeek), Throws.ArgumentNullException);
        }
    }
}
