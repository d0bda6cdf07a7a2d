using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OkxData.Caching;

/// <summary>The disk.</summary>
internal sealed partial class PhysicalFileSystem : IFileSystem
{
    private const int NotADirectory = 20;

    // Takes no lock on Unix, and lets a writer replace the file meanwhile on Windows.
    private const FileShare ShareAll = FileShare.ReadWrite | FileShare.Delete;

    public static PhysicalFileSystem Instance { get; } = new();

    public byte[]? Read(string path, long limit)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, ShareAll);
        }
        catch (Exception exception) when (IsNothingThere(exception))
        {
            return null;
        }

        using (handle)
            return ReadAll(handle, limit);
    }

    public bool FileExists(string path) => File.Exists(path);

    public bool FolderExists(string path) => Directory.Exists(path);

    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public INewFile CreateNew(string path) =>
        new NewFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));

    public IDisposable? TryLock(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (FileFailure.IsContention(exception))
        {
            return null;
        }
    }

    public void Rename(string source, string target) => File.Move(source, target, overwrite: true);

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone with its folder: what was asked for holds.
            return;
        }
    }

    public void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        using var handle = OpenFolder(path);
        RandomAccess.FlushToDisk(handle);
    }

    public IReadOnlyList<FolderEntry> List(string folder)
    {
        // Links are not followed: a loop of them would have no end.
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        try
        {
            return new FileSystemEnumerable<FolderEntry>(
                folder,
                static (ref FileSystemEntry entry) => new FolderEntry(entry.FileName.ToString(), entry.IsDirectory, entry.LastWriteTimeUtc),
                options).ToList();
        }
        catch (Exception exception) when (IsNothingThere(exception))
        {
            return [];
        }
    }

    private static byte[] ReadAll(SafeFileHandle handle, long limit)
    {
        var length = RandomAccess.GetLength(handle);
        if (length > limit)
            throw new FileTooLargeException(length, limit);
        if (length == 0)
            return [];

        var content = GC.AllocateUninitializedArray<byte>(checked((int)length));
        var done = 0;
        while (done < content.Length)
        {
            var read = RandomAccess.Read(handle, content.AsSpan(done), done);
            if (read == 0)
                throw new EndOfStreamException("it became shorter while it was read");
            done += read;
        }

        return content;
    }

    // Below a regular file nothing can stand, so that is "absent" too; Windows says "directory not found" there.
    private static bool IsNothingThere(Exception exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException
        || (exception is IOException { HResult: NotADirectory } && !OperatingSystem.IsWindows());

    private static SafeFileHandle OpenFolder(string path)
    {
        // .NET opens no directory; O_RDONLY is 0 everywhere, and O_CLOEXEC has two values.
        var closeOnExec = OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? 0x80000 : 0x1000000;
        var descriptor = Open(path, closeOnExec);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }

        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    private sealed class NewFile(SafeFileHandle handle) : INewFile
    {
        private long _length;

        public void Append(ReadOnlySpan<byte> content)
        {
            RandomAccess.Write(handle, content, _length);
            _length += content.Length;
        }

        public void Flush() => RandomAccess.FlushToDisk(handle);

        public int ReadBack(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

        public void Dispose() => handle.Dispose();
    }
}
