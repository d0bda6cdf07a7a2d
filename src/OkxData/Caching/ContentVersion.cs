using System.Globalization;
using System.IO.Hashing;

namespace OkxData.Caching;

/// <summary>The version of a content: its XxHash128 as 32 hexadecimal digits.</summary>
internal static class ContentVersion
{
    public static string Of(ReadOnlySpan<byte> content) => Format(XxHash128.HashToUInt128(content));

    public static string Of(XxHash128 hash) => Format(hash.GetCurrentHashAsUInt128());

    private static string Format(UInt128 hash) => hash.ToString("x32", CultureInfo.InvariantCulture);
}
