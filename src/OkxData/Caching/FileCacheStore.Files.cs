using System.Buffers;
using System.IO.Hashing;
using OkxData.Errors;

namespace OkxData.Caching;

public sealed partial class FileCacheStore
{
    private const int TriesUnderContention = 24;
    private const int VerifyBufferLength = 64 << 10;

    private async Task<CacheItem?> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        var content = await ReadContentAsync(path, cancellationToken).ConfigureAwait(false);
        return content is null ? null : new CacheItem(content, ContentVersion.Of(content));
    }

    private Task<byte[]?> ReadContentAsync(string path, CancellationToken cancellationToken) =>
        TryAsync(() => _files.Read(path, MaxContentLength), "read", path, cancellationToken);

    private async Task<string?> WriteFileAsync(string key, string path, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (content.Length > MaxContentLength)
            throw FileFailure.Describe("write", path, new FileTooLargeException(content.Length, MaxContentLength));

        var version = ContentVersion.Of(content.Span);
        using var held = await LockAsync(key, path, cancellationToken).ConfigureAwait(false);
        var current = await CurrentVersionAsync(path, condition, cancellationToken).ConfigureAwait(false);
        if (!condition.IsMetBy(current))
            return null;
        if (current == version)
            return version;

        await ReplaceAsync(path, content, version, held, cancellationToken).ConfigureAwait(false);
        return version;
    }

    private async Task<bool> RemoveFileAsync(string key, string path, WriteCondition condition, CancellationToken cancellationToken)
    {
        // Nothing stands there, so nothing is locked and no folder is made for the lock.
        if (!_files.FileExists(path))
            return false;

        using var held = await LockAsync(key, path, cancellationToken).ConfigureAwait(false);
        var current = await CurrentVersionAsync(path, condition, cancellationToken).ConfigureAwait(false);
        if (!_files.FileExists(path) || !condition.IsMetBy(current))
            return false;

        cancellationToken.ThrowIfCancellationRequested();
        await TryAsync(() => Delete(path), "remove", path, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<WriterLocks.Held> LockAsync(string key, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _locks.AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.Describe("lock, in order to write,", path, exception);
        }
    }

    // The condition says how much must be known of what is there: nothing, whether it is, or its hash.
    private async Task<string?> CurrentVersionAsync(string path, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.MustBeAbsent)
            return _files.FileExists(path) ? "present" : null;
        if (condition.Version is null)
            return null;

        var content = await ReadContentAsync(path, cancellationToken).ConfigureAwait(false);
        return content is null ? null : ContentVersion.Of(content);
    }

    private async Task ReplaceAsync(string path, ReadOnlyMemory<byte> content, string version, WriterLocks.Held held, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = TemporaryFiles.NameIn(folder, held.Index);
        var renamed = false;
        try
        {
            RefuseOtherCase(path);
            MakeFolder(folder);
            _temporaries.SweepOnce(folder, held.Index, _locks.AreEffective);
            WriteNew(temporary, content.Span, version);
            cancellationToken.ThrowIfCancellationRequested();
            await TryAsync(() => _files.Rename(temporary, path), "write", path, cancellationToken).ConfigureAwait(false);
            renamed = true;
            _files.SyncFolder(folder);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.Describe("write", path, exception);
        }
        finally
        {
            if (!renamed)
                _temporaries.Abandon(temporary);
        }
    }

    // Where the disk ignores case, a write would replace the content of another key. The locks' folder, which this writer has
    // just used, tells such a disk when it is asked for in capitals.
    private void RefuseOtherCase(string path)
    {
        if (!_files.FolderExists(Path.Combine(Directory, LocksFolder.ToUpperInvariant())))
            return;

        for (var part = path; part.Length > Directory.Length; part = Path.GetDirectoryName(part)!)
        {
            var name = Path.GetFileName(part);
            foreach (var entry in _files.List(Path.GetDirectoryName(part)!))
            {
                if (entry.Name != name && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    throw new IOException($"'{entry.Name}' stands there, whose name differs only by case, and this disk takes the two for one");
            }
        }
    }

    private void WriteNew(string path, ReadOnlySpan<byte> content, string version)
    {
        using var file = _files.CreateNew(path);
        file.Append(content);
        file.Flush();
        if (VersionOf(file) != version)
            throw new IOException("what was written reads back differently");
    }

    private static string VersionOf(INewFile file)
    {
        var hash = new XxHash128();
        var buffer = ArrayPool<byte>.Shared.Rent(VerifyBufferLength);
        try
        {
            long offset = 0;
            for (int read; (read = file.ReadBack(buffer, offset)) > 0; offset += read)
                hash.Append(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return ContentVersion.Of(hash);
    }

    private void Delete(string path)
    {
        _files.Delete(path);
        _files.SyncFolder(Path.GetDirectoryName(path)!);
    }

    // Every folder made is a new name in its parent, which must survive a loss of power too.
    private void MakeFolder(string folder)
    {
        var missing = new Stack<string>();
        for (var path = folder; path is not null && !_files.FolderExists(path); path = Path.GetDirectoryName(path))
            missing.Push(path);

        while (missing.TryPop(out var path))
        {
            _files.CreateFolder(path);
            if (Path.GetDirectoryName(path) is { } parent)
                _files.SyncFolder(parent);
        }
    }

    private Task<bool> TryAsync(Action operation, string action, string path, CancellationToken cancellationToken) =>
        TryAsync(
            () =>
            {
                operation();
                return true;
            },
            action,
            path,
            cancellationToken);

    // On Windows a file that is being replaced refuses to be opened, and one that is being read refuses to be replaced.
    private async Task<T> TryAsync<T>(Func<T> operation, string action, string path, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return operation();
            }
            catch (Exception exception) when (FileFailure.IsContention(exception) && attempt < TriesUnderContention)
            {
                await Backoff.WaitAsync(attempt, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (FileFailure.IsFileFailure(exception))
            {
                throw FileFailure.Describe(action, path, exception);
            }
        }
    }
}
