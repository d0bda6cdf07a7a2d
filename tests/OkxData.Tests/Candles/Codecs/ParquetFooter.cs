using NUnit.Framework;
using OkxData.Candles.Codecs;

namespace OkxData.Tests.Candles.Codecs;

/// <summary>Changes what a Parquet file says of itself, under a checksum that is right.</summary>
internal static class ParquetFooter
{
    private const int SealLength = 24;

    public static byte[] Replace(byte[] content, ReadOnlySpan<byte> what, ReadOnlySpan<byte> with)
    {
        var bare = Bare(content, out var footer);
        var result = bare[..footer].ToList();
        var replaced = 0;
        for (var at = footer; at < bare.Length - 8; at++)
        {
            if (bare.AsSpan(at).StartsWith(what))
            {
                result.AddRange(with);
                at += what.Length - 1;
                replaced++;
            }
            else
            {
                result.Add(bare[at]);
            }
        }

        Assert.That(replaced, Is.Positive, "the footer holds what the test replaces");
        result.AddRange(BitConverter.GetBytes(result.Count - footer));
        result.AddRange("PAR1"u8);
        return ParquetSeal.Apply(result.ToArray());
    }

    /// <summary>The file with another number of rows in every place that names one.</summary>
    public static byte[] Claim(byte[] content, long rows, long claimed) => Replace(content, Varint(rows), Varint(claimed));

    public static byte[] Reseal(byte[] content, byte version) => ParquetSeal.Apply(Bare(content, out _), version);

    private static byte[] Bare(byte[] content, out int footer)
    {
        footer = content.Length - 8 - BitConverter.ToInt32(content, content.Length - 8) - SealLength;
        return [.. content[..footer], .. content[(footer + SealLength)..]];
    }

    private static byte[] Varint(long number)
    {
        var bits = (ulong)(number << 1) ^ (ulong)(number >> 63);
        var bytes = new List<byte>();
        for (; bits >= 0x80; bits >>= 7)
            bytes.Add((byte)(bits | 0x80));
        bytes.Add((byte)bits);
        return [.. bytes];
    }
}
