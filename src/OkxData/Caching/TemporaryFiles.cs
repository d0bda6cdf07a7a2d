using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OkxData.Caching;

/// <summary>The store's hidden temporary files: their names, and the removal of those that a killed process left.</summary>
/// <remarks>
/// A name tells the writers' lock under which the file was begun: whoever holds that lock knows that no other is at work on it, and
/// removes it at once. All others, and all where locks have no effect, must have grown old first.
/// </remarks>
internal sealed class TemporaryFiles(IFileSystem files, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Begins every name that is the store's own; no key can, since keys have no tilde.</summary>
    public const string Prefix = ".~";

    private const string Suffix = ".tmp";

    /// <summary>How old a temporary file must be before it counts as left behind.</summary>
    public static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Folder, int Lock), bool> _swept = [];

    public static string NameIn(string folder, int heldLock) => Path.Combine(folder, $"{StartFor(heldLock)}{Guid.NewGuid():N}{Suffix}");

    /// <summary>Removes, the first time a folder is seen under a lock, what interrupted writers left in it; a live writer's file is open and stays.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="heldLock">The writers' lock that the caller holds.</param>
    /// <param name="locksWork">Whether it keeps others out.</param>
    public void SweepOnce(string folder, int heldLock, bool locksWork)
    {
        if (!_swept.TryAdd((folder, heldLock), true))
            return;

        var removed = 0;
        try
        {
            var oldest = timeProvider.GetUtcNow() - OrphanAge;
            foreach (var entry in files.List(folder))
            {
                var isLeft = entry.LastWritten < oldest || (locksWork && entry.Name.StartsWith(StartFor(heldLock), StringComparison.Ordinal));
                if (IsTemporary(entry) && isLeft && TryRemove(Path.Combine(folder, entry.Name)))
                    removed++;
            }
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            logger.OrphansKept(exception, folder);
        }

        if (removed > 0)
            logger.OrphansSwept(removed, folder);
    }

    /// <summary>Removes the file of a write that did not come to its end.</summary>
    public void Abandon(string path)
    {
        try
        {
            files.Delete(path);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            logger.TemporaryKept(exception, path);
        }
    }

    /// <summary>Whether a file was left by a writer that did not come to its end.</summary>
    public bool IsOrphan(FolderEntry entry) => IsTemporary(entry) && entry.LastWritten < timeProvider.GetUtcNow() - OrphanAge;

    /// <summary>Whether a file is that of a writer that may still be at work.</summary>
    public bool IsInUse(FolderEntry entry) => IsTemporary(entry) && !IsOrphan(entry);

    /// <summary>Removes an orphan, unless someone has it open.</summary>
    public bool TryRemoveOrphan(string path)
    {
        var name = Path.GetFileName(path);
        return files.List(Path.GetDirectoryName(path)!).Any(entry => entry.Name == name && IsOrphan(entry)) && TryRemove(path);
    }

    private static string StartFor(int heldLock) => FormattableString.Invariant($"{Prefix}{heldLock:d2}-");

    private static bool IsTemporary(FolderEntry entry) =>
        !entry.IsFolder && entry.Name.StartsWith(Prefix, StringComparison.Ordinal) && entry.Name.EndsWith(Suffix, StringComparison.Ordinal);

    private bool TryRemove(string path)
    {
        // No one opens a temporary file a second time, so one that is closed now stays closed; Windows removes no open file.
        using (var held = files.TryLock(path))
        {
            if (held is null)
                return false;
        }

        files.Delete(path);
        return true;
    }
}
