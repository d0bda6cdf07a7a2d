namespace OkxData.Caching;

/// <summary>Where the file cache is when no folder was chosen.</summary>
internal static class DefaultCacheDirectory
{
    private const string Name = "OkxData";

    /// <summary>The user's local application data folder + <c>OkxData</c>; below the temporary folder where there is no home.</summary>
    public static string Resolve() => Resolve(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        Path.GetTempPath());

    /// <summary>The same, of what the system says: the home is empty where there is none that exists.</summary>
    public static string Resolve(string home, string localApplicationData, string temporary)
    {
        // Service users often have a home that does not exist, or the root of the disk; .NET then invents a folder below it.
        var hasHome = home.Length > 0 && home != Path.GetPathRoot(home);
        var isUsable = localApplicationData.Length > 0 && (hasHome || Path.Exists(localApplicationData));
        return Path.Combine(isUsable ? localApplicationData : temporary, Name);
    }
}
