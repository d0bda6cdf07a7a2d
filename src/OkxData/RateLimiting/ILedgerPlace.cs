namespace OkxData.RateLimiting;

/// <summary>Where a bucket's ledger is kept: by this process alone, or by all of a machine. Used by one thread at a time.</summary>
internal interface ILedgerPlace
{
    /// <summary>Lends the ledger; <see langword="null"/> while another process has it, which is a matter of microseconds.</summary>
    TokenLedger? TryOpen();

    /// <summary>Gives the ledger back, with what was changed in it.</summary>
    void Close(TokenLedger ledger);

    /// <summary>When a lease that is granted now lapses, should nothing be heard of it again.</summary>
    long LapseOf(long now);
}
