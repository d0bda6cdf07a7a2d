namespace OkxData.Testing.Virtual;

/// <summary>Counts what is being done in memory right now, apart from waiting for the clock.</summary>
internal sealed class Bustle
{
    private readonly Lock _gate = new();
    private int _busy;
    private int _abandoned;
    private long _activity;

    public bool IsQuiet
    {
        get
        {
            lock (_gate)
                return _busy <= _abandoned;
        }
    }

    public long Activity
    {
        get
        {
            lock (_gate)
                return _activity;
        }
    }

    public void Enter()
    {
        lock (_gate)
        {
            _busy++;
            _activity++;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _busy--;
            _activity++;
            _abandoned = Math.Min(_abandoned, _busy);
        }
    }

    /// <summary>Something has happened that was over at once.</summary>
    public void Note()
    {
        lock (_gate)
            _activity++;
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
