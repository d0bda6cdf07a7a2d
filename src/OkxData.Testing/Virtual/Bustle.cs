namespace OkxData.Testing.Virtual;

/// <summary>Counts what is being done in memory right now, apart from waiting for the clock.</summary>
internal sealed class Bustle
{
    private readonly Lock _gate = new();
    private int _busy;
    private int _abandoned;

    public bool IsQuiet
    {
        get
        {
            lock (_gate)
                return _busy <= _abandoned;
        }
    }

    public void Enter()
    {
        lock (_gate)
            _busy++;
    }

    public void Leave()
    {
        lock (_gate)
        {
            _busy--;
            _abandoned = Math.Min(_abandoned, _busy);
        }
    }

    /// <summary>Waits without being busy.</summary>
    public async Task WaitAsync(Task waiting)
    {
        if (waiting.IsCompleted)
        {
            await waiting.ConfigureAwait(false);
            return;
        }

        Leave();
        try
        {
            await waiting.ConfigureAwait(false);
        }
        finally
        {
            Enter();
        }
    }

    public void Abandon()
    {
        lock (_gate)
            _abandoned = _busy;
    }
}
