using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace OkxData.RateLimiting;

/// <summary>A ledger in a small file that all processes of a machine use in turn, each for some microseconds, under an advisory lock.</summary>
/// <remarks>
/// The file is opened for each visit and locked while it is open, so that the lock of a process that dies is freed by the system.
/// Where the file cannot be used, the process says so once and goes on alone, with what it last knew of the others.
/// </remarks>
internal sealed class SharedLedger(LedgerFile file, RateLimitQuota quota, TimeSpan lapse, TimeProvider timeProvider, ILogger logger) : ILedgerPlace
{
    /// <summary>How long another may have the file before this process goes on alone; a visit takes microseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(5);

    private readonly long _settling = (long)(Math.Min(quota.Window.TotalSeconds, LongestSettling.TotalSeconds) * timeProvider.TimestampFrequency);
    private readonly long _memory = (long)(Memory.TotalSeconds * timeProvider.TimestampFrequency);
    private readonly long _lapse = (long)(lapse.TotalSeconds * timeProvider.TimestampFrequency);
    private SafeFileHandle? _handle;
    private TokenLedger? _lastKnown;
    private TokenLedger? _own;
    private long? _busySince;

    public TokenLedger? TryOpen()
    {
        if (_own is not null)
            return _own;

        try
        {
            _handle = file.TryOpen();
            if (_handle is null)
                return WaitedTooLong() ? GoAlone("another process has held it for too long", null) : null;

            _busySince = null;
            _lastKnown = Continue(LedgerFileCodec.Read(_handle, timeProvider.GetTimestamp(), _memory));
            return _lastKnown;
        }
        catch (Exception exception) when (LedgerFile.IsFailure(exception))
        {
            return GoAlone(exception.Message, exception);
        }
    }

    public void Close(TokenLedger ledger)
    {
        if (_handle is not { } handle)
            return;

        try
        {
            LedgerFileCodec.Write(handle, ledger, timeProvider.GetTimestamp());
        }
        catch (Exception exception) when (LedgerFile.IsFailure(exception))
        {
            GoAlone(exception.Message, exception);
        }
        finally
        {
            _handle = null;
            handle.Dispose();
        }
    }

    public long LapseOf(long now) => _own is null ? now + _lapse : long.MaxValue;

    /// <summary>The ledger of the file, with what this process knew before somebody removed the file.</summary>
    private TokenLedger Continue(TokenLedger? read)
    {
        if (_lastKnown is not { } known || read?.Lineage == known.Lineage)
            return read ?? new TokenLedger(quota.Permits);

        var now = timeProvider.GetTimestamp();
        var ledger = read ?? new TokenLedger(quota.Permits);
        ledger.Adopt(known, now);

        // What others took since this process was here last, they say in their next visit; nobody takes anything until then.
        if (read is null)
            ledger.Pause(now + _settling);
        return ledger;
    }

    private bool WaitedTooLong()
    {
        _busySince ??= timeProvider.GetTimestamp();
        return timeProvider.GetElapsedTime(_busySince.Value) >= Patience;
    }

    private TokenLedger GoAlone(string reason, Exception? exception)
    {
        _handle?.Dispose();
        _handle = null;
        _own = _lastKnown ?? new TokenLedger(quota.Permits);
        RateLimitingLog.SharedUnavailable(logger, file.Path, reason, exception);
        return _own;
    }
}
