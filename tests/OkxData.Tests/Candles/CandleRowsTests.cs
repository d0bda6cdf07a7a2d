using CsCheck;
using NUnit.Framework;
using OkxData.Candles;
using OkxData.Models;

namespace OkxData.Tests.Candles;

public sealed class CandleRowsTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Join_AnyBatches_HoldsEveryOpeningOnceInOrder() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[1, 40]).List[0, 12].Sample(stretches =>
        {
            var joined = CandleRows.Join([.. stretches.Select((stretch, index) => Batch(stretch.Item1, stretch.Item2, index))]);

            var expected = stretches
                .SelectMany((stretch, index) => Enumerable.Range(stretch.Item1, stretch.Item2).Select(minute => (minute, index)))
                .GroupBy(row => row.minute)
                .OrderBy(group => group.Key)
                .Select(group => (Start.AddMinutes(group.Key), (decimal)group.Min(row => row.index)));
            return joined.ToArray().Select(row => (row.OpenTime, row.Close)).SequenceEqual(expected);
        });

    [Test]
    public void Join_ThousandsOfBatchesThatOverlap_CopiesEachRowAFewTimes()
    {
        var batches = Enumerable.Range(0, 2_000).Select(index => Batch(index * 99, 100, index)).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var joined = CandleRows.Join(batches);

        Assert.That(joined.Length, Is.EqualTo(2_000 * 99 + 1));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(20L * 2_000 * 100 * 144), "one after the other copies a thousand times as much");
    }

    private static ReadOnlyMemory<Candle> Batch(int from, int count, int close) =>
        Enumerable.Range(from, count).Select(minute => new Candle { OpenTime = Start.AddMinutes(minute), Close = close, IsFinished = true }).ToArray();
}
