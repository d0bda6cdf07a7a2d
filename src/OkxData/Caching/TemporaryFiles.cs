using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OkxData.Caching;

/// <summary>The store's hidden temporary files: their names, and the removal of those that a killed process left.</summary>
internal sealed class TemporaryFiles(IFileSystem files, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Begins every name that is the store's own; no key can, since keys have no tilde.</summary>
    public const string Prefix = ".~";

    private const string Suffix = ".tmp";

    /// <summary>How old a temporary file must be before it counts as left behind.</summary>
    public static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, bool> _swept = new(StringComparer.Ordinal);

    public static string NameIn(string folder) => Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");

    /// <summary>Removes, the first time a folder is seen, what interrupted writers left in it; a live writer's file is open and stays.</summary>
    public void SweepOnce(string folder)
    {
        if (!_swept.TryAdd(folder, true))
            return;

        var removed = 0;
        try
        {
            var oldest = timeProvider.GetUtcNow() - OrphanAge;
            foreach (var entry in files.List(folder))
            {
                if (IsTemporary(entry) && entry.LastWritten < oldest && TryRemove(Path.Combine(folder, entry.Name)))
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
