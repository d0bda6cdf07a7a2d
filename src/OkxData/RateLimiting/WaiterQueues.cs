namespace OkxData.RateLimiting;

/// <summary>All who wait for a bucket: a queue for each limit, since those with a low one must not hold up the others. Guarded by the bucket's lock.</summary>
internal sealed class WaiterQueues
{
    // Few: a program has as many limits as it has clients with different shares.
    private readonly List<WaiterQueue> _queues = [];
    private long _arrivals;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>The tokens that are waited for.</summary>
    public long Permits { get; private set; }

    public TokenWaiter Add(TokenBucket bucket, int permits, int limit)
    {
        var waiter = new TokenWaiter(bucket, QueueOf(limit), permits, _arrivals++);
        waiter.Queue.Add(waiter);
        Permits += permits;
        _count++;
        return waiter;
    }

    /// <summary>Takes the waiter out; <see langword="false"/> when it was out already.</summary>
    public bool Remove(TokenWaiter waiter)
    {
        if (!waiter.Queue.Remove(waiter))
            return false;

        Permits -= waiter.Permits;
        _count--;
        return true;
    }

    /// <summary>Of the first in each queue, the one who came first among those for whose permits and limit this holds.</summary>
    public TokenWaiter? First(Func<int, int, bool> fits)
    {
        if (_count == 0)
            return null;

        TokenWaiter? next = null;
        foreach (var queue in _queues)
        {
            if (queue.First is { } first && (next is null || first.Arrival < next.Arrival) && fits(first.Permits, queue.Limit))
                next = first;
        }

        return next;
    }

    private WaiterQueue QueueOf(int limit)
    {
        foreach (var queue in _queues)
        {
            if (queue.Limit == limit)
                return queue;
        }

        var added = new WaiterQueue(limit);
        _queues.Add(added);
        return added;
    }
}
