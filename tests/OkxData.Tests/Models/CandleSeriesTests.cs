using System.Collections;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Models;

[TestFixture]
public sealed class CandleSeriesTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Enumerators_EveryWay_WalkTheSameCandles()
    {
        var candles = Candles(5);
        var series = SeriesOf(candles);

        var walked = new List<Candle>();
        foreach (var candle in series)
            walked.Add(candle);
        var boxed = new List<object?>();
        foreach (var candle in (IEnumerable)series)
            boxed.Add(candle);

        Assert.That(walked, Is.EqualTo(candles));
        Assert.That(boxed, Is.EqualTo(candles));
        Assert.That(series.ToList(), Is.EqualTo(candles));
        Assert.That(series.AsSpan().ToArray(), Is.EqualTo(candles));
        Assert.That(Enumerable.Range(0, series.Count).Select(i => series[i]), Is.EqualTo(candles));
    }

    [Test]
    public void GetEnumerator_Foreach_DoesNotAllocate()
    {
        var series = SeriesOf(Candles(100));
        var sum = Sum(series);

        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Sum(series);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
        Assert.That(sum, Is.EqualTo(2 * (100 * 99 / 2)));

        static decimal Sum(CandleSeries series)
        {
            var sum = 0m;
            foreach (var candle in series)
                sum += candle.Close;
            return sum;
        }
    }

    [Test]
    public void Enumerator_Reset_StartsAgain()
    {
        using var enumerator = SeriesOf(Candles(2)).GetEnumerator();
        var walk = enumerator;
        Assert.That(walk.MoveNext() && walk.MoveNext() && !walk.MoveNext(), Is.True);

        walk.Reset();

        Assert.That(walk.MoveNext(), Is.True);
        Assert.That(walk.Current.Close, Is.Zero);
    }

    [Test]
    public void Enumerator_EmptySeries_EndsAtOnce()
    {
        Assert.That(SeriesOf([]), Is.Empty);
        Assert.That(SeriesOf([]).ToCloses(), Is.Empty);
    }

    [TestCase(-1)]
    [TestCase(2)]
    public void Indexer_OutsideTheSeries_Throws(int index) =>
        Assert.That(() => SeriesOf(Candles(2))[index], Throws.InstanceOf<Exception>());

    [Test]
    public void Columns_EachFigure_ComesFromItsField()
    {
        var series = SeriesOf([new Candle { OpenTime = Start, Open = 1, High = 2, Low = 3, Close = 4, Volume = 5 }]);

        Assert.That((series.ToOpens(), series.ToHighs(), series.ToLows(), series.ToCloses(), series.ToVolumes(), series.ToOpenTimes()), Is.EqualTo(
            (new double[] { 1 }, new double[] { 2 }, new double[] { 3 }, new double[] { 4 }, new double[] { 5 }, new[] { Start })));
    }

    [Test]
    public void ToString_Series_SaysWhatWasFound() =>
        Assert.That(SeriesOf(Candles(2)).ToString(), Is.EqualTo("BTC-USDT 1Dutc [2024-01-01T00:00:00Z, 2024-01-04T00:00:00Z): 2 of 3 bars, 1 gap"));

    private static Candle[] Candles(int count) => [.. Enumerable.Range(0, count).Select(i => new Candle { OpenTime = Start.AddDays(i), Close = i })];

    private static CandleSeries SeriesOf(Candle[] candles) => new(
        "BTC-USDT", BarSize.OneDay, new UtcRange(Start, Start.AddDays(3)), candles,
        new CoverageReport { Expected = 3, Observed = candles.Length, Gaps = [new UtcRange(Start.AddDays(2), Start.AddDays(3))] }, default, Start);
}
