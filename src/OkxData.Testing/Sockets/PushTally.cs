namespace OkxData.Testing.Sockets;

/// <summary>Counts what became of pushes.</summary>
internal sealed class PushTally
{
    private long _due;
    private long _confirmations;
    private long _lost;
    private long _confirmationsLost;
    private long _repeated;
    private long _delayed;
    private long _junk;

    public void Due(PushKind kind) => Count(kind, ref _due, ref _confirmations);

    public void Lost(PushKind kind) => Count(kind, ref _lost, ref _confirmationsLost);

    public void Repeated() => Interlocked.Increment(ref _repeated);

    public void Delayed() => Interlocked.Increment(ref _delayed);

    public void Junk() => Interlocked.Increment(ref _junk);

    public SimulatedPushCounts ToRecord() => new()
    {
        Due = Interlocked.Read(ref _due),
        Confirmations = Interlocked.Read(ref _confirmations),
        Lost = Interlocked.Read(ref _lost),
        ConfirmationsLost = Interlocked.Read(ref _confirmationsLost),
        Repeated = Interlocked.Read(ref _repeated),
        Delayed = Interlocked.Read(ref _delayed),
        Junk = Interlocked.Read(ref _junk),
    };

    private static void Count(PushKind kind, ref long all, ref long confirmations)
    {
        Interlocked.Increment(ref all);
        if (kind == PushKind.Confirming)
            Interlocked.Increment(ref confirmations);
    }
}
