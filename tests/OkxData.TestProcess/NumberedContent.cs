using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OkxData.TestProcess;

/// <summary>A content that says which it is, everywhere: any mixture or cut of two of them shows.</summary>
public static class NumberedContent
{
    public static byte[] Of(int number)
    {
        var content = new byte[LengthOf(number)];
        MemoryMarshal.Cast<byte, int>(content.AsSpan()).Fill(number);
        return content;
    }

    /// <summary>The number, or <see langword="null"/> where the content is not exactly what <see cref="Of"/> gives for one.</summary>
    public static int? NumberOf(ReadOnlySpan<byte> content)
    {
        if (content.Length < sizeof(int))
            return null;

        var number = MemoryMarshal.Read<int>(content);
        return content.Length == LengthOf(number) && MemoryMarshal.Cast<byte, int>(content).IndexOfAnyExcept(number) < 0 ? number : null;
    }

    private static int LengthOf(int number) => sizeof(int) * (1 + (int)(BinaryPrimitives.ReverseEndianness((uint)number * 2654435761u) % 40_000));
}
