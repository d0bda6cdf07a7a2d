using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using OkxData.Errors;

namespace OkxData.Caching;

/// <summary>Lets one writer at a key, of all threads and processes that share a folder.</summary>
/// <remarks>
/// Keys share a fixed number of locks. A lock is an open handle, not the existence of a file: the files stay behind and
/// mean nothing, and the operating system frees the lock of a process that dies.
/// </remarks>
internal sealed class WriterLocks(string folder, IFileSystem files, TimeProvider timeProvider, ILogger logger)
{
    private const int Count = 64;
    private static readonly TimeSpan PatienceBeforeWarning = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];
    private int _tested;
    private volatile bool _areIneffective;

    /// <summary>Whether a lock excludes other processes; known once one has been taken.</summary>
    public bool AreEffective => !_areIneffective;

    public async ValueTask<Held> AcquireAsync(string key, CancellationToken cancellationToken)
    {
        var index = IndexOf(key);
        var gate = _gates[index];
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var path = Path.Combine(folder, FormattableString.Invariant($"{index:d2}"));
            return new Held(index, gate, await LockFileAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    private async ValueTask<IDisposable> LockFileAsync(string path, CancellationToken cancellationToken)
    {
        if (!files.FolderExists(folder))
            files.CreateFolder(folder);

        var started = timeProvider.GetTimestamp();
        var warned = false;
        for (var attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryLock(path) is { } handle)
                return handle;

            var waited = timeProvider.GetElapsedTime(started);
            if (waited >= Patience)
                throw new OkxCacheException($"Another process has held the cache's lock '{path}' for {Patience.TotalSeconds} s. End it if it hangs, or set Caching.Directory to another folder.") { Location = path };
            if (waited >= PatienceBeforeWarning && !warned)
            {
                warned = true;
                logger.LockWait(path);
            }

            await Backoff.WaitAsync(attempt, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private IDisposable? TryLock(string path)
    {
        var handle = files.TryLock(path);
        if (handle is null)
            return null;

        try
        {
            TestOnce(path);
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    // Some network disks accept a lock and exclude no one; a second opening that succeeds gives them away.
    private void TestOnce(string path)
    {
        if (Interlocked.Exchange(ref _tested, 1) != 0)
            return;

        using var second = files.TryLock(path);
        if (second is null)
            return;

        _areIneffective = true;
        logger.LocksIneffective(folder);
    }

    // Keys that differ only by case may name one file, so they share a lock.
    private static int IndexOf(string key) =>
        (int)(XxHash64.HashToUInt64(MemoryMarshal.AsBytes(key.ToUpperInvariant().AsSpan())) % Count);

    /// <summary>The right to write; given back by disposing it.</summary>
    public readonly struct Held(int index, SemaphoreSlim gate, IDisposable file) : IDisposable
    {
        /// <summary>Which of the locks is held.</summary>
        public int Index => index;

        public void Dispose()
        {
            file.Dispose();
            gate.Release();
        }
    }
}
