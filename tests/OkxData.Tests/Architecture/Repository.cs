using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OkxData.Tests.Architecture;

/// <summary>The source files of this repository, found from the folder in which the tests run.</summary>
internal static class Repository
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.None);

    public static string Root { get; } = FindRoot();

    /// <summary>The parsed C# files below a folder, with paths relative to the root and '/' between the parts.</summary>
    public static IReadOnlyList<SyntaxTree> Parse(params string[] folders) =>
        [.. folders.SelectMany(Files).Select(file => ParseText(file, File.ReadAllText(Path.Combine(Root, file))))];

    public static SyntaxTree ParseText(string path, string text) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);

    private static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OkxData.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds OkxData.sln.");
    }
}
