using NUnit.Framework;

namespace OkxData.Tests;

/// <summary>Real replies and rows that lie beside the checkout; tests over them are inconclusive where it has none.</summary>
internal static class RecordedData
{
    private static readonly string? Folder = Find();

    public static bool IsPresent => Folder is not null;

    /// <summary>The path below <c>../shared/recorded</c>; ends the test as inconclusive when there is no such folder.</summary>
    public static string PathOf(params string[] parts)
    {
        Assume.That(Folder, Is.Not.Null, "The recorded data (../shared/recorded beside the checkout) is absent, so this test has nothing to read.");
        return Path.Combine([Folder!, .. parts]);
    }

    public static byte[] ReadBytes(params string[] parts) => File.ReadAllBytes(PathOf(parts));

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "OkxData.sln")))
                continue;

            var recorded = Path.Combine(folder.FullName, "..", "shared", "recorded");
            return Directory.Exists(recorded) ? Path.GetFullPath(recorded) : null;
        }

        return null;
    }
}
