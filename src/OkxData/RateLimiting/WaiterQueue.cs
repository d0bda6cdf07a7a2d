namespace OkxData.RateLimiting;

/// <summary>Those who wait with the same limit, first come, first served. Guarded by the bucket's lock.</summary>
internal sealed class WaiterQueue(int limit)
{
    private readonly LinkedList<TokenWaiter> _waiters = new();

    /// <summary>How many tokens of the bucket may be out when one of these is granted, its own included.</summary>
    public int Limit { get; } = limit;

    public TokenWaiter? First => _waiters.First?.Value;

    public void Add(TokenWaiter waiter) => waiter.Place = _waiters.AddLast(waiter);

    /// <summary>Takes the waiter out; <see langword="false"/> when it was out already.</summary>
    public bool Remove(TokenWaiter waiter)
    {
        if (waiter.Place is not { } place)
            return false;

        waiter.Place = null;
        _waiters.Remove(place);
        waiter.ForgetCancellation();
        return true;
    }
}
