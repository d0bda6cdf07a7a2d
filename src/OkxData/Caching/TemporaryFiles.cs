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
                if (!entry.IsFolder && IsTemporary(entry.Name) && entry.LastWritten < oldest && TryRemove(Path.Combine(folder, entry.Name)))
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

    private static bool IsTemporary(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);

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
