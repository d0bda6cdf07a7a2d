using System.Text.Json;
using System.Text.Json.Serialization;
using OkxData.Caching;

namespace OkxData.Candles.Archive;

/// <summary>Writes <see cref="SeriesFacts"/> as JSON that carries its own checksum, and reads it back.</summary>
internal static class SeriesFactsCodec
{
    // Never without a property to put the checksum before.
    private const int Schema = 1;

    public static ReadOnlyMemory<byte> Encode(SeriesFacts facts) => JsonSeal.Seal(
        JsonSerializer.SerializeToUtf8Bytes(new SeriesFactsFile(Schema, facts), SeriesFactsJsonContext.Default.SeriesFactsFile));

    /// <exception cref="CorruptPayloadException">The bytes are not what <see cref="Encode"/> wrote, or a later release wrote them.</exception>
    public static SeriesFacts Decode(ReadOnlySpan<byte> content)
    {
        JsonSeal.Verify(content);
        try
        {
            var file = JsonSerializer.Deserialize(content, SeriesFactsJsonContext.Default.SeriesFactsFile);
            if (file?.Schema > Schema)
                throw new CorruptPayloadException($"The file of what is known about a series has schema {file.Schema}; this version knows {Schema}.") { IsNewerSchema = true };

            return file?.Facts
                ?? throw new CorruptPayloadException("The file of what is known about a series is empty.");
        }
        catch (JsonException exception)
        {
            throw new CorruptPayloadException("The file of what is known about a series is not the JSON of this version.", exception);
        }
    }
}

internal sealed record SeriesFactsFile(int Schema, SeriesFacts? Facts);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SeriesFactsFile))]
internal sealed partial class SeriesFactsJsonContext : JsonSerializerContext;
