using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OkxData.Caching;

/// <summary>Keeps each key as a file below one folder, safe under several threads and several processes of a machine.</summary>
/// <remarks>
/// <para>A write goes to a hidden temporary file in the same folder, is flushed to the disk, read back, compared and only then
/// renamed over the old file: killed at any instant, it leaves the old content or the new. Writers exclude each other through
/// lock files below <c>.~locks</c>; readers take no lock and wait for no writer. What killed writers leave is swept.</para>
/// <para>A key has at most 512 characters, a part of it at most 200. A part that ends in a dot or that Windows reserves for a
/// device (<c>NUL</c>, <c>COM1.json</c>) is refused on every system, and so is, where the disk ignores case, a write beside a
/// key that differs only by case. A content has at most 256 MiB.</para>
/// <para>The version of a content is its XxHash128. Thread-safe. Nothing is read or made before the first call; the folder is
/// made by the first write.</para>
/// </remarks>
public sealed partial class FileCacheStore : ICacheStore
{
    internal const long MaxContentLength = 256L << 20;

    private const string LocksFolder = TemporaryFiles.Prefix + "locks";

    private readonly IFileSystem _files;
    private readonly TimeProvider _timeProvider;
    private readonly WriterLocks _locks;
    private readonly TemporaryFiles _temporaries;
    private readonly string _rootWithSeparator;

    /// <summary>Creates the store; touches no file.</summary>
    /// <param name="directory">The folder that holds everything; a relative one is taken from the current directory, now.</param>
    /// <param name="logger">Told of swept files and of locks that are long in coming; <see langword="null"/> for none.</param>
    /// <param name="timeProvider">The clock for ages and short waits; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentException">The folder is empty, blank or no path.</exception>
    public FileCacheStore(string directory, ILogger? logger = null, TimeProvider? timeProvider = null)
        : this(directory, PhysicalFileSystem.Instance, logger, timeProvider)
    {
    }

    internal FileCacheStore(string directory, IFileSystem files, ILogger? logger = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        Directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _rootWithSeparator = Path.EndsInDirectorySeparator(Directory) ? Directory : Directory + Path.DirectorySeparatorChar;
        _files = files;
        _timeProvider = timeProvider ?? TimeProvider.System;
        logger ??= NullLogger.Instance;
        _locks = new WriterLocks(Path.Combine(Directory, LocksFolder), files, _timeProvider, logger);
        _temporaries = new TemporaryFiles(files, _timeProvider, logger);
    }

    /// <summary>The full path of the folder that holds everything.</summary>
    public string Directory { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key is not one.</exception>
    /// <exception cref="Errors.OkxCacheException">The file is there and cannot be read, or is larger than the bound.</exception>
    public ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        return new ValueTask<CacheItem?>(Task.Run(() => ReadFileAsync(path, cancellationToken), cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>Returns once the content is on the disk. Writing what already stands there writes nothing.</remarks>
    /// <exception cref="ArgumentException">The key is not one.</exception>
    /// <exception cref="Errors.OkxCacheException">The content is larger than the bound, or the disk refused it; what was there stays.</exception>
    public ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        return new ValueTask<string?>(Task.Run(() => WriteFileAsync(key, path, content, condition, cancellationToken), cancellationToken));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The key is not one.</exception>
    /// <exception cref="Errors.OkxCacheException">The file cannot be read or removed.</exception>
    public ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        return new ValueTask<bool>(Task.Run(() => RemoveFileAsync(key, path, condition, cancellationToken), cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>Only folders that can hold a match are opened; files that are no keys, and links, are passed over.</remarks>
    /// <exception cref="Errors.OkxCacheException">A folder cannot be read.</exception>
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return ListKeysAsync(prefix, cancellationToken);
    }

    private async IAsyncEnumerable<string> ListKeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = prefix[..(prefix.LastIndexOf('/') + 1)];
        if (start.Length > 0 && !CacheKey.IsValid(start[..^1]))
            yield break;

        var pending = new Stack<string>([start]);
        while (pending.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in await Task.Run(() => ListFolder(folder), cancellationToken).ConfigureAwait(false))
            {
                var key = folder + entry.Name;
                if (!CacheKey.IsValidPart(entry.Name) || key.Length > CacheKey.MaxLength)
                    continue;
                if (entry.IsFolder && (key + '/').StartsWith(prefix, StringComparison.Ordinal) | prefix.StartsWith(key + '/', StringComparison.Ordinal))
                    pending.Push(key + '/');
                else if (!entry.IsFolder && key.StartsWith(prefix, StringComparison.Ordinal))
                    yield return key;
            }
        }
    }

    private IReadOnlyList<FolderEntry> ListFolder(string folder)
    {
        var path = folder.Length == 0 ? Directory : PathOf(folder[..^1]);
        try
        {
            return _files.List(path);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.Describe("list", path, exception);
        }
    }

    private string PathOf(string key)
    {
        CacheKey.ThrowIfInvalid(key);
        var path = Path.GetFullPath(_rootWithSeparator + key);
        if (!path.StartsWith(_rootWithSeparator, StringComparison.Ordinal))
            throw new ArgumentException($"The cache key '{key}' leads out of the cache's folder.", nameof(key));

        return path;
    }
}
