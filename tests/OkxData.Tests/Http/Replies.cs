using System.Text;
using System.Text.Json;
using OkxData.Http;

namespace OkxData.Tests.Http;

/// <summary>Hands the <c>data</c> of a reply to a reader, as the transport does.</summary>
internal static class Replies
{
    public static T ReadData<T>(string data, DataReader<T> read) => ReadData(Encoding.UTF8.GetBytes(data), read);

    public static T ReadData<T>(ReadOnlySpan<byte> data, DataReader<T> read)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        var depth = reader.CurrentDepth;
        var result = read(ref reader);
        if (reader.CurrentDepth != depth || reader.Read())
            throw new InvalidOperationException("The reader was not left on the last token of data.");
        return result;
    }

    /// <summary>The same for a whole reply.</summary>
    public static T ReadReply<T>(ReadOnlySpan<byte> reply, DataReader<T> read)
    {
        using var document = JsonDocument.Parse(reply.ToArray());
        return ReadData(document.RootElement.GetProperty("data").GetRawText(), read);
    }
}
