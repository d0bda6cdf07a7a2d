using System.Buffers.Binary;
using System.IO.Hashing;
using OkxData.Caching;

namespace OkxData.Candles.Codecs;

/// <summary>The checksum inside a Parquet file, between the last page and the footer, where other readers look for nothing.</summary>
/// <remarks>
/// <c>PAR1 · pages · "OKXDATA" · schema version (1 byte) · XxHash128 (16 bytes) · footer · footer length · PAR1</c>.
/// The hash covers every byte of the file but itself. The place and shape of the seal are the same in every schema version.
/// </remarks>
internal static class ParquetSeal
{
    private const int HashLength = 16;
    private const int TailLength = 8;

    private static ReadOnlySpan<byte> FileMagic => "PAR1"u8;

    private static ReadOnlySpan<byte> Magic => "OKXDATA"u8;

    private static int Length => Magic.Length + 1 + HashLength;

    /// <summary>The file with its seal, from one without.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> file, byte version = CodecLimits.SchemaVersion)
    {
        var footer = FindFooter(file);
        if (footer < FileMagic.Length)
            throw new InvalidDataException("The Parquet writer left a file without a footer.");

        var result = new byte[file.Length + Length];
        file[..footer].CopyTo(result);
        Magic.CopyTo(result.AsSpan(footer));
        result[footer + Magic.Length] = version;
        file[footer..].CopyTo(result.AsSpan(footer + Length));
        Hash(result, footer + Length, result.AsSpan(footer + Length - HashLength, HashLength));
        return result;
    }

    /// <exception cref="CorruptPayloadException">The file is not exactly what was sealed, or a later release sealed it.</exception>
    public static void Verify(ReadOnlySpan<byte> file)
    {
        var footer = FindFooter(file);
        if (footer < FileMagic.Length + Length || !file.Slice(footer - Length, Magic.Length).SequenceEqual(Magic))
            throw new CorruptPayloadException($"The {file.Length} bytes are not a Parquet file of candles with a checksum.");

        Span<byte> hash = stackalloc byte[HashLength];
        Hash(file, footer, hash);
        if (!hash.SequenceEqual(file.Slice(footer - HashLength, HashLength)))
            throw new CorruptPayloadException($"The checksum of the Parquet file ({file.Length} bytes) does not fit its content.");

        var version = file[footer - HashLength - 1];
        if (version > CodecLimits.SchemaVersion)
            throw CodecLimits.Newer(version);
    }

    private static void Hash(ReadOnlySpan<byte> file, int footer, Span<byte> hash)
    {
        var hasher = new XxHash128();
        hasher.Append(file[..(footer - HashLength)]);
        hasher.Append(file[footer..]);
        hasher.GetHashAndReset(hash);
    }

    /// <summary>Where the footer starts; negative when the bytes have none.</summary>
    private static int FindFooter(ReadOnlySpan<byte> file)
    {
        if (file.Length < FileMagic.Length + TailLength || !file.StartsWith(FileMagic) || !file.EndsWith(FileMagic))
            return -1;

        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[^TailLength..]);
        return length > (uint)(file.Length - TailLength) ? -1 : file.Length - TailLength - (int)length;
    }
}
