namespace OkxData.RateLimiting;

/// <summary>Those who wait with the same limit, first come, first served. Guarded by the bucket's lock.</summary>
internal sealed class WaiterQueue(int limit)
{
    private readonly LinkedList<TokenWaiter> _waiters = new();

    /// <summary>How many tokens of the bucket may be out when one of these is granted, its own included.</summary>
    public int Limit { get; } = limit;

    public int Count => _waiters.Count;

    /// <summary>The tokens that are waited for.</summary>
    public long Permits { get; private set; }

    public TokenWaiter? First => _waiters.First?.Value;

    public void Add(TokenWaiter waiter)
    {
        waiter.Place = _waiters.AddLast(waiter);
        Permits += waiter.Permits;
    }

    /// <summary>Takes the waiter out; <see langword="false"/> when it was out already.</summary>
    public bool Remove(TokenWaiter waiter)
    {
        if (waiter.Place is not { } place)
            return false;

        waiter.Place = null;
        _waiters.Remove(place);
        Permits -= waiter.Permits;
        waiter.ForgetCancellation();
        return true;
    }
}
