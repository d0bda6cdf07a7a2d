using System.Runtime.CompilerServices;

namespace OkxData.Catalog;

/// <summary>Work for all processors whose results come in the order of the items.</summary>
internal static class OrderedWork
{
    /// <summary>Runs the work of a few items at a time: no more results wait than there are processors, twice.</summary>
    public static async IAsyncEnumerable<TResult> SelectAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TItem, CancellationToken, Task<TResult>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = stop.Token;
        var window = 2 * Environment.ProcessorCount;
        var running = new Queue<Task<TResult>>(window);
        var next = 0;
        try
        {
            while (true)
            {
                for (; next < items.Count && running.Count < window; next++)
                {
                    var item = items[next];
                    running.Enqueue(Task.Run(() => work(item, token), token));
                }

                if (running.Count == 0)
                    break;
                var result = await running.Peek().ConfigureAwait(false);
                _ = running.Dequeue();
                yield return result;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var task in running)
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
