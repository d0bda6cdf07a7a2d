using OkxData.Caching;

namespace OkxData.Tests.Caching;

/// <summary>The disk, with a record of what was asked of it and a chosen operation that fails.</summary>
internal sealed class FaultyFileSystem : IFileSystem
{
    private readonly PhysicalFileSystem _inner = PhysicalFileSystem.Instance;
    private int _count;

    /// <summary>Every operation so far, as a verb and the last part of its path.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Which operation fails, counted from 1; all after it too where <see cref="Persistent"/>.</summary>
    public int FailAt { get; set; }

    public bool Persistent { get; init; }

    public Func<Exception> Failure { get; init; } = () => new IOException("No space left on device", 28);

    /// <summary>The only kind of operation that is counted and fails, such as <c>rename</c>; <see langword="null"/> for all.</summary>
    public string? Verb { get; init; }

    /// <summary>Whether the chosen write keeps only a part and says nothing, instead of failing.</summary>
    public bool IsShort { get; init; }

    /// <summary>What failed, in order; lines as in <see cref="Log"/>.</summary>
    public List<string> Failed { get; } = [];

    /// <summary>Whether what is written is not what is kept.</summary>
    public bool Lies { get; init; }

    /// <summary>Whether folders are found whatever the case of their names.</summary>
    public bool IgnoresCase { get; init; }

    public bool HasFailed => Failed.Count > 0;

    /// <summary>Runs before an operation, with its line of the log.</summary>
    public Action<string>? Before { get; set; }

    public byte[]? Read(string path, long limit)
    {
        Count("read", path);
        return _inner.Read(path, limit);
    }

    public bool FileExists(string path) => _inner.FileExists(path);

    public bool FolderExists(string path) => _inner.FolderExists(path) || (IgnoresCase
        && Path.GetDirectoryName(path) is { } parent && _inner.List(parent).Any(entry => entry.IsFolder && entry.Name.Equals(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase)));

    public void CreateFolder(string path)
    {
        Count("mkdir", path);
        _inner.CreateFolder(path);
    }

    public INewFile CreateNew(string path)
    {
        Count("create", path);
        return new FaultyFile(this, path, _inner.CreateNew(path));
    }

    public IDisposable? TryLock(string path)
    {
        Count("lock", path);
        return _inner.TryLock(path);
    }

    public void Rename(string source, string target)
    {
        Count("rename", target);
        _inner.Rename(source, target);
    }

    public void Delete(string path)
    {
        Count("delete", path);
        _inner.Delete(path);
    }

    public void SyncFolder(string path)
    {
        Count("sync", path);
        _inner.SyncFolder(path);
    }

    public IReadOnlyList<FolderEntry> List(string folder)
    {
        Count("list", folder);
        return _inner.List(folder);
    }

    private void Count(string verb, string path)
    {
        var line = $"{verb} {Path.GetFileName(path)}";
        lock (Log)
        {
            Log.Add(line);
            if (Verb is null || Verb == verb)
                _count++;
            if (FailAt > 0 && (Verb is null || Verb == verb) && (_count == FailAt || (_count > FailAt && Persistent)))
            {
                Failed.Add(line);
                throw IsShort ? new ShortWriteException() : Failure();
            }
        }

        Before?.Invoke(line);
    }

    private sealed class ShortWriteException : IOException;

    private sealed class FaultyFile(FaultyFileSystem owner, string path, INewFile inner) : INewFile
    {
        public void Append(ReadOnlySpan<byte> content)
        {
            try
            {
                owner.Count("append", path);
            }
            catch (ShortWriteException)
            {
                inner.Append(content[..(content.Length / 2)]);
                return;
            }
            catch
            {
                // A full disk takes a part.
                inner.Append(content[..(content.Length / 2)]);
                throw;
            }

            inner.Append(owner.Lies ? new byte[content.Length] : content);
        }

        public void Flush()
        {
            owner.Count("flush", path);
            inner.Flush();
        }

        public int ReadBack(Span<byte> buffer, long offset)
        {
            owner.Count("verify", path);
            return inner.ReadBack(buffer, offset);
        }

        public void Dispose() => inner.Dispose();
    }
}
