namespace OkxData.RateLimiting;

/// <summary>A ledger that this process keeps for itself. Its leases end with the process, so they never lapse.</summary>
internal sealed class PrivateLedger(TokenLedger ledger) : ILedgerPlace
{
    public TokenLedger TryOpen() => ledger;

    public void Close(TokenLedger ledger)
    {
    }

    public long LapseOf(long now) => long.MaxValue;
}
