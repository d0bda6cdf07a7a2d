using System.Runtime.CompilerServices;

namespace CacheTool;

/// <summary>Work for all processors whose results come in the order of the items, a few ahead of the reader.</summary>
internal static class InOrder
{
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IEnumerable<T> items, Func<T, CancellationToken, Task<TResult>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<TResult>>();
        try
        {
            foreach (var item in items)
            {
                running.Enqueue(Task.Run(() => work(item, stop.Token), stop.Token));
                if (running.Count > Environment.ProcessorCount)
                    yield return await running.Dequeue();
            }

            while (running.TryDequeue(out var next))
                yield return await next;
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var task in running)
                await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
