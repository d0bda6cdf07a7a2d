using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OkxData.Candles.Archive;

/// <summary>Writes <see cref="SeriesFacts"/> as JSON that carries its own checksum, and reads it back.</summary>
internal static class SeriesFactsCodec
{
    private const int HashLength = 32;
    private static ReadOnlySpan<byte> Prefix => "{\"xxh128\":\""u8;
    private static ReadOnlySpan<byte> Suffix => "\","u8;

    public static ReadOnlyMemory<byte> Encode(SeriesFacts facts)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(facts, SeriesFactsJsonContext.Default.SeriesFacts);
        var body = json.AsSpan(1);
        return (byte[])[.. Prefix, .. Encoding.ASCII.GetBytes(HashOf(body)), .. Suffix, .. body];
    }

    /// <exception cref="CorruptPayloadException">The bytes are not what <see cref="Encode"/> wrote.</exception>
    public static SeriesFacts Decode(ReadOnlySpan<byte> content)
    {
        var bodyStart = Prefix.Length + HashLength + Suffix.Length;
        if (content.Length <= bodyStart || !content.StartsWith(Prefix) || !content[(Prefix.Length + HashLength)..].StartsWith(Suffix))
            throw new CorruptPayloadException("The file of what is known about a series does not begin with its checksum.");

        var body = content[bodyStart..];
        if (HashOf(body) != Encoding.ASCII.GetString(content.Slice(Prefix.Length, HashLength)))
            throw new CorruptPayloadException("The file of what is known about a series does not match its checksum.");

        try
        {
            return JsonSerializer.Deserialize((byte[])[(byte)'{', .. body], SeriesFactsJsonContext.Default.SeriesFacts)
                ?? throw new CorruptPayloadException("The file of what is known about a series is empty.");
        }
        catch (JsonException exception)
        {
            throw new CorruptPayloadException("The file of what is known about a series is not the JSON of this version.", exception);
        }
    }

    private static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(XxHash128.Hash(body));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SeriesFacts))]
internal sealed partial class SeriesFactsJsonContext : JsonSerializerContext;
