using System.Runtime.CompilerServices;

namespace OkxData.Caching;

/// <summary>Something below the cache's folder that is no key.</summary>
/// <param name="Path">Where it is, below the folder, with <c>/</c> between the parts.</param>
/// <param name="IsOrphan">Whether it is a temporary file that a killed writer left; all else is none of the store's.</param>
/// <param name="IsFolder">Whether it is a folder; one with the ending of a file keeps that file from being written.</param>
internal readonly record struct StrangeFile(string Path, bool IsOrphan, bool IsFolder);

/// <content>What stands in the folder and cannot be reached by a key.</content>
public sealed partial class FileCacheStore
{
    /// <summary>Files and folders that are no keys; temporary files of writers that may be at work, and the locks, are passed over.</summary>
    /// <exception cref="Errors.OkxCacheException">A folder cannot be read.</exception>
    internal async IAsyncEnumerable<StrangeFile> ListStrangersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pending = new Stack<string>([""]);
        while (pending.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in await Task.Run(() => ListFolder(folder), cancellationToken).ConfigureAwait(false))
            {
                var path = folder + entry.Name;
                var isKey = CacheKey.IsValidPart(entry.Name) && path.Length <= CacheKey.MaxLength;
                if (isKey && entry.IsFolder && Path.GetExtension(entry.Name) is not (".json" or ".parquet"))
                    pending.Push(path + '/');
                else if ((!isKey || entry.IsFolder) && path != LocksFolder && !_temporaries.IsInUse(entry))
                    yield return new StrangeFile(path, _temporaries.IsOrphan(entry), entry.IsFolder);
            }
        }
    }

    /// <summary>Removes a file that a killed writer left.</summary>
    /// <returns>Whether it was removed; not where a writer has it open, or where it is no longer an orphan.</returns>
    /// <exception cref="Errors.OkxCacheException">The file cannot be removed.</exception>
    internal Task<bool> RemoveOrphanAsync(string path, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(_rootWithSeparator + path);
        if (!full.StartsWith(_rootWithSeparator, StringComparison.Ordinal))
            throw new ArgumentException($"'{path}' leads out of the cache's folder.", nameof(path));

        return Task.Run(() => TryAsync(() => _temporaries.TryRemoveOrphan(full), "remove", full, cancellationToken), cancellationToken);
    }
}
