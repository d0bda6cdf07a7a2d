using System.Threading.RateLimiting;

namespace OkxData.RateLimiting;

/// <summary>Somebody who waits for tokens. Its state is guarded by the bucket's lock.</summary>
internal sealed class TokenWaiter(TokenBucket bucket, WaiterQueue queue, int permits, long arrival)
    : TaskCompletionSource<RateLimitLease>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private CancellationTokenRegistration _registration;

    public WaiterQueue Queue { get; } = queue;

    public int Permits { get; } = permits;

    /// <summary>The number in the order of arrival, over all queues of the bucket.</summary>
    public long Arrival { get; } = arrival;

    public LinkedListNode<TokenWaiter>? Place { get; set; }

    // A token that is already cancelled calls back at once, on this thread, and finds the waiter in its queue.
    public void WithdrawOn(CancellationToken cancellationToken) => _registration = cancellationToken.UnsafeRegister(
        static (waiter, token) => ((TokenWaiter)waiter!).Withdraw(token), this);

    // Disposing would wait for a callback that itself waits for the bucket's lock.
    public void ForgetCancellation() => _registration.Unregister();

    private void Withdraw(CancellationToken cancellationToken) => bucket.Withdraw(this, cancellationToken);
}
