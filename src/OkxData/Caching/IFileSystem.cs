namespace OkxData.Caching;

/// <summary>All that the file store asks of a disk, one operation a method, so that a test can make the n-th of them fail.</summary>
/// <remarks>Failures are <see cref="IOException"/>s and <see cref="UnauthorizedAccessException"/>s, as the operating system gives them.</remarks>
internal interface IFileSystem
{
    /// <summary>The whole file; <see langword="null"/> where there is none, or no folder for it.</summary>
    /// <exception cref="FileTooLargeException">The file is longer than <paramref name="limit"/>; nothing was read.</exception>
    byte[]? Read(string path, long limit);

    bool FileExists(string path);

    bool FolderExists(string path);

    void CreateFolder(string path);

    /// <summary>A new file that no one else can open for as long as it is open here.</summary>
    INewFile CreateNew(string path);

    /// <summary>Opens a file, made if need be, so that no other opening with this method succeeds; <see langword="null"/> while one holds it.</summary>
    /// <remarks>The operating system lets go of it when the process dies, however it dies.</remarks>
    IDisposable? TryLock(string path);

    /// <summary>Puts a file in the place of another, or where none was, in one step.</summary>
    void Rename(string source, string target);

    /// <summary>Removes a file; nothing happens where there is none.</summary>
    void Delete(string path);

    /// <summary>Makes the names in a folder, as they are now, survive a loss of power.</summary>
    void SyncFolder(string path);

    /// <summary>What stands in a folder; nothing where there is no such folder.</summary>
    IReadOnlyList<FolderEntry> List(string folder);
}

/// <summary>A file being written.</summary>
internal interface INewFile : IDisposable
{
    void Append(ReadOnlySpan<byte> content);

    /// <summary>Returns once the content would survive a loss of power.</summary>
    void Flush();

    /// <summary>Reads what was written, from an offset; 0 at the end.</summary>
    int ReadBack(Span<byte> buffer, long offset);
}

/// <summary>A name in a folder.</summary>
internal readonly record struct FolderEntry(string Name, bool IsFolder, DateTimeOffset LastWritten);

/// <summary>A file is longer than its reader allows.</summary>
internal sealed class FileTooLargeException(long length, long limit)
    : IOException(FormattableString.Invariant($"it has {length} bytes, {limit} are allowed"));
