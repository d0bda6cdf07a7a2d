using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OkxData.Caching;

/// <summary>Documents as bytes: an envelope of checksum, schema, key and <c>fetchedAt</c> around the value's own JSON.</summary>
/// <remarks>The key is in the file, so that one that was copied to another's place is not taken for it.</remarks>
internal sealed class DocumentCodec<T>(JsonTypeInfo<T> typeInfo)
{
    private const int Schema = 1;

    public ReadOnlyMemory<byte> Encode(string key, DateTimeOffset fetchedAt, T value)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(JsonSeal.Property, JsonSeal.Placeholder);
            writer.WriteNumber("schema", Schema);
            writer.WriteString("key", key);
            writer.WriteString("fetchedAt", fetchedAt.ToUniversalTime());
            writer.WritePropertyName("value");
            JsonSerializer.Serialize(writer, value, typeInfo);
            writer.WriteEndObject();
        }

        var content = buffer.WrittenSpan.ToArray();
        JsonSeal.Apply(content);
        return content;
    }

    /// <exception cref="CorruptPayloadException">The bytes are damaged, of a later release, or another key's.</exception>
    public (DateTimeOffset FetchedAt, T Value) Decode(string key, ReadOnlySpan<byte> content)
    {
        JsonSeal.Verify(content);
        try
        {
            return Read(key, content);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new CorruptPayloadException("The document cannot be read, though its checksum is right.", exception);
        }
    }

    private (DateTimeOffset FetchedAt, T Value) Read(string key, ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        DateTimeOffset? fetchedAt = null;
        string? storedKey = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "schema" when reader.GetInt32() is > Schema and var newer:
                    throw new CorruptPayloadException($"The document has schema {newer}; this version knows {Schema}.") { IsNewerSchema = true };
                case "key":
                    storedKey = reader.GetString();
                    break;
                case "fetchedAt":
                    fetchedAt = reader.GetDateTimeOffset().ToUniversalTime();
                    break;
                case "value" when fetchedAt is { } at && storedKey == key:
                    return (at, JsonSerializer.Deserialize(ref reader, typeInfo) ?? throw new JsonException("The value is null."));
                default:
                    reader.Skip();
                    break;
            }
        }

        throw new CorruptPayloadException($"The document is that of '{storedKey}', or has no time or value.");
    }
}
