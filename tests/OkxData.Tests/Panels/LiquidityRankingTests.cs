using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Panels;

namespace OkxData.Tests.Panels;

[TestFixture]
public sealed class LiquidityRankingTests
{
    [Test]
    public void Of_Assets_AreInTheOrderOfTheirMedians()
    {
        var batch = TestBatches.Batch(
            Traded("A-USDT", 1, 1, 1, 1_000_000), Traded("B-USDT", 5, 5, 5, 5), Traded("C-USDT", 5, 5, 5, 5), Traded("D-USDT", 10, 20, 30, 0));

        var ranking = LiquidityRanking.Of(batch, TestBatches.Day(4), 4);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ranking.Assets.Select(asset => (asset.Rank, asset.Symbol, asset.MedianQuoteVolume)), Is.EqualTo(new[] { (1, "D-USDT", 15m), (2, "B-USDT", 5m), (3, "C-USDT", 5m), (4, "A-USDT", 1m) }));
            Assert.That((ranking.QuoteCurrency, ranking.AsOf), Is.EqualTo(("USDT", TestBatches.Day(4))));
            Assert.That((ranking.Assets[0].ObservedBars, ranking.Assets[0].LastObserved), Is.EqualTo((4, TestBatches.Day(3))));
        }
    }

    [Test]
    public void Of_DayThatHasNotClosed_DoesNotCount()
    {
        var batch = TestBatches.Batch(Traded("A-USDT", 1, 1, 900), Traded("B-USDT", 2, 2, 2));

        Assert.That(LiquidityRanking.Of(batch, TestBatches.Day(3).AddTicks(-1), 1).Assets[0].Symbol, Is.EqualTo("B-USDT"));
        Assert.That(LiquidityRanking.Of(batch, TestBatches.Day(3), 1).Assets[0].Symbol, Is.EqualTo("A-USDT"));
    }

    [Test]
    public void Of_MissingCandle_IsNotAZero()
    {
        var batch = TestBatches.Batch(TestBatches.Series("A-USDT", [TestBatches.Candle(0, 1m, 7m), TestBatches.Candle(3, 1m, 9m)]), Traded("B-USDT", 0, 0, 0, 0));

        var ranking = LiquidityRanking.Of(batch, TestBatches.Day(4), 4, 0.5);

        Assert.That(ranking.Assets.Select(asset => asset.MedianQuoteVolume), Is.EqualTo(new[] { 8m, 0m }));
    }

    [Test]
    public void Of_ThinAsset_IsDroppedWithTheReason()
    {
        var ranking = LiquidityRanking.Of(TestBatches.Batch(TestBatches.Run("A-USDT", 0, 50), TestBatches.Run("LATE-USDT", 45, 50)), TestBatches.Day(50), 30);

        Assert.That(ranking.Dropped.Single().ToString(), Is.EqualTo("LATE-USDT: 5 of 30 bars have a candle, 90% are asked for; the first is of 2024-02-15."));
    }

    [Test]
    public void Of_WhatComesLater_ChangesNothing() => Gen.Select(TestBatches.Some, Gen.Int[1, TestBatches.Days], Gen.Int[1, 30]).Sample((batch, day, bars) =>
    {
        var asOf = TestBatches.Day(day);
        var known = CandleBatch.Create(batch.Series.Values.Select(series => TestBatches.Series(series.Symbol, series.Where(candle => candle.OpenTime < asOf))));
        var (now, later) = (LiquidityRanking.Of(known, asOf, bars, 0.5), LiquidityRanking.Of(batch, asOf, bars, 0.5));
        return now.Assets.SequenceEqual(later.Assets) && now.Dropped.SequenceEqual(later.Dropped) && now.Assets.Count + now.Dropped.Count == batch.Series.Count;
    });

    [Test]
    public void Of_BadInput_IsNamed()
    {
        var batch = TestBatches.Batch(TestBatches.Run("A-USDT", 0, 5), TestBatches.Run("A-USDC", 0, 5));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => LiquidityRanking.Of(batch, TestBatches.Day(5)), Throws.ArgumentException.With.Message.Contains("A-USDC"));
            Assert.That(() => LiquidityRanking.Of(TestBatches.Batch(TestBatches.Run("A-USDT", 0, 5)), TestBatches.Day(5), 5, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => LiquidityRanking.Of(TestBatches.Batch(TestBatches.Run("A-USDT", 0, 5)), TestBatches.Day(5), 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    private static CandleSeries Traded(string symbol, params int[] volumes) => TestBatches.Series(symbol, volumes.Select((volume, day) => TestBatches.Candle(day, 1m, volume)));
}
