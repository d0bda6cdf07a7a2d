using NUnit.Framework;
using OkxData.Catalog;

namespace OkxData.Tests.Catalog;

[TestFixture]
public sealed class OrderedWorkTests
{
    [Test]
    public async Task SelectAsync_WorkThatEndsInAnyOrder_ComesInTheOrderOfTheItems()
    {
        var gates = Enumerable.Range(0, 20).Select(_ => new TaskCompletionSource()).ToList();

        var results = OrderedWork.SelectAsync(
            Enumerable.Range(0, 20).ToList(),
            async (item, token) =>
            {
                // Each waits for its successor, where that is at work at the same time.
                if (item % 2 == 0)
                    await gates[item + 1].Task.WaitAsync(token);
                gates[item].SetResult();
                return item;
            },
            default);

        Assert.That(await results.ToListAsync(), Is.EqualTo(Enumerable.Range(0, 20)));
    }

    [Test]
    public void SelectAsync_WorkThatThrows_SurfacesAfterAllThatRunsHasEnded()
    {
        var running = 0;

        var results = OrderedWork.SelectAsync<int, int>(
            Enumerable.Range(0, 100).ToList(),
            async (item, token) =>
            {
                if (item == 0)
                    throw new InvalidDataException("the first");
                Interlocked.Increment(ref running);
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                    return item;
                }
                finally
                {
                    Interlocked.Decrement(ref running);
                }
            },
            default);

        Assert.That(async () => await results.ToListAsync(), Throws.InstanceOf<InvalidDataException>());
        Assert.That(Volatile.Read(ref running), Is.Zero);
    }

    [Test]
    public async Task SelectAsync_SlowReader_IsNeverFarAheadOf()
    {
        var started = 0;
        Task<int> Count(int item, CancellationToken token)
        {
            Interlocked.Increment(ref started);
            return Task.FromResult(item);
        }

        await foreach (var item in OrderedWork.SelectAsync(Enumerable.Range(0, 200).ToList(), Count, default))
            Assert.That(Volatile.Read(ref started), Is.LessThanOrEqualTo(item + (2 * Environment.ProcessorCount)));
    }
}
