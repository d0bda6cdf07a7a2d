using System.Text.RegularExpressions;

namespace OkxData.IntegrationTests.Readme;

/// <summary>README.md, taken apart into its fenced blocks.</summary>
internal static partial class ReadmeFile
{
    public static string Root { get; } = FindRoot();

    public static string Text { get; } = File.ReadAllText(Path.Combine(Root, "README.md")).ReplaceLineEndings("\n");

    /// <summary>The contents of the blocks of a language, in order.</summary>
    public static IReadOnlyList<string> Blocks(string language) =>
        [.. Fence().Matches(Text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["content"].Value)];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OkxData.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds OkxData.sln.");
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\\n(?<content>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
