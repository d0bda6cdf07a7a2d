using System.Threading.Tasks.Sources;

namespace OkxData.Benchmarks;

/// <summary>A semaphore for one waiter that allocates nothing.</summary>
internal sealed class Permits : IValueTaskSource
{
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<bool> _waiter = new() { RunContinuationsAsynchronously = true };
    private long _permits;
    private bool _isWaiting;

    public void Release(int count)
    {
        lock (_lock)
        {
            _permits += count;
            if (!_isWaiting)
                return;

            _isWaiting = false;
            _permits--;
        }

        _waiter.SetResult(true);
    }

    public ValueTask WaitAsync()
    {
        lock (_lock)
        {
            if (_permits > 0)
            {
                _permits--;
                return ValueTask.CompletedTask;
            }

            _waiter.Reset();
            _isWaiting = true;
            return new ValueTask(this, _waiter.Version);
        }
    }

    public void GetResult(short token) => _waiter.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _waiter.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);
}
