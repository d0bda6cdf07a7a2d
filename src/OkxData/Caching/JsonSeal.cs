using System.IO.Hashing;

namespace OkxData.Caching;

/// <summary>The checksum of a JSON file: its first property, as 32 lower-case hexadecimal digits over every byte that follows them.</summary>
/// <remarks>Readers verify it before any parser sees the bytes, and skip the property as one that they do not know.</remarks>
internal static class JsonSeal
{
    public const string Property = "xxh128";

    private const int HashLength = 16;
    private const int DigitCount = 2 * HashLength;

    /// <summary>What stands in place of the digits until the rest is written.</summary>
    public static string Placeholder { get; } = new('0', DigitCount);

    private static ReadOnlySpan<byte> Start => "{\"xxh128\":\""u8;

    public static void Apply(Span<byte> file) => Hash(file, file.Slice(Start.Length, DigitCount));

    /// <summary>The object, of one property at least, with the checksum put before its others.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> json)
    {
        var file = (byte[])[.. Start, .. System.Text.Encoding.ASCII.GetBytes(Placeholder), .. "\","u8, .. json[1..]];
        Apply(file);
        return file;
    }

    /// <exception cref="CorruptPayloadException">The file is not exactly what was sealed.</exception>
    public static void Verify(ReadOnlySpan<byte> file)
    {
        if (file.Length < Start.Length + DigitCount || !file.StartsWith(Start))
            throw new CorruptPayloadException($"The {file.Length} bytes are not a JSON file with a checksum.");

        Span<byte> digits = stackalloc byte[DigitCount];
        Hash(file, digits);
        if (!digits.SequenceEqual(file.Slice(Start.Length, DigitCount)))
            throw new CorruptPayloadException($"The checksum of the JSON file ({file.Length} bytes) does not fit its content.");
    }

    private static void Hash(ReadOnlySpan<byte> file, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        XxHash128.Hash(file[(Start.Length + DigitCount)..], hash);
        Convert.TryToHexStringLower(hash, digits, out _);
    }
}
