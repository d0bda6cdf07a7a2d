using System.Buffers;

namespace OkxData.Caching;

/// <summary>Keys as text, checked before any store turns one into a path.</summary>
/// <remarks>Every key is a legal and distinct path on Linux, macOS and Windows, save for letters that differ only by case.</remarks>
internal static class CacheKey
{
    public const int MaxLength = 512;
    public const int MaxPartLength = 200;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=");

    private static readonly HashSet<string> DeviceNames = new(
        ["CON", "PRN", "AUX", "NUL", .. Numbered("COM"), .. Numbered("LPT")], StringComparer.OrdinalIgnoreCase);

    /// <summary>Throws for a text that is not a key, naming what is wrong with it.</summary>
    public static void ThrowIfInvalid(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (FaultOf(key) is { } fault)
            throw new ArgumentException($"The cache key '{Printable(key)}' {fault}.", nameof(key));
    }

    public static bool IsValid(string key) => FaultOf(key) is null;

    /// <summary>Whether a file or folder of this name can be a part of a key; all others are none of the store's business.</summary>
    public static bool IsValidPart(ReadOnlySpan<char> part) => PartFaultOf(part) is null;

    private static string? FaultOf(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty)
            return "is empty";
        if (key.Length > MaxLength)
            return $"has {key.Length} characters; {MaxLength} are allowed";

        foreach (var range in key.Split('/'))
        {
            if (PartFaultOf(key[range]) is { } fault)
                return fault;
        }

        return null;
    }

    private static string? PartFaultOf(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty)
            return "has an empty part; parts stand between single slashes, with none at either end";
        if (part.Length > MaxPartLength)
            return $"has a part of {part.Length} characters; {MaxPartLength} are allowed";
        if (part.ContainsAnyExcept(Allowed))
            return "has a character other than letters, digits and - _ . = /";
        if (part[^1] == '.')
            return "has a part that ends in a dot";

        var dot = part.IndexOf('.');
        var stem = dot < 0 ? part : part[..dot];
        return DeviceNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(stem)
            ? $"has the part '{part}', which Windows reserves for a device"
            : null;
    }

    private static IEnumerable<string> Numbered(string device) => Enumerable.Range(0, 10).Select(digit => device + (char)('0' + digit));

    private static string Printable(string key)
    {
        var shown = key.Length > 80 ? key[..80] + "…" : key;
        return string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
    }
}
