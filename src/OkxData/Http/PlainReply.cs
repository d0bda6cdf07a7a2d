using System.Text.Json;
using OkxData.Diagnostics;
using OkxData.Errors;

namespace OkxData.Http;

/// <summary>Replies of services without an envelope: the body is the data, and what went wrong is told by the HTTP status.</summary>
internal static class PlainReply
{
    private static readonly string[] MessageFields = ["error_message", "error", "message"];

    /// <exception cref="OkxException">The reply is not a whole one of success, or cannot be read.</exception>
    /// <exception cref="JsonException">The body is not JSON, or not all of it.</exception>
    public static void Judge(Reply reply, OkxCall call)
    {
        call.Forget();
        var body = reply.Body.StartsWith("\uFEFF"u8) ? reply.Body[3..] : reply.Body;
        if (reply.Status is < 200 or >= 300)
            throw HttpErrors.OfStatus(call, reply, MessageOf(body));

        var reader = new Utf8JsonReader(body);
        reader.Read();
        try
        {
            call.ReadData(ref reader);
        }
        catch (Exception exception) when (exception is OkxPayloadException or InvalidOperationException or FormatException or OverflowException)
        {
            // What looks like another shape may be the place where the body was cut off.
            Walk(body);
            throw HttpErrors.Unreadable(call, exception);
        }

        reader.Read();
    }

    private static void Walk(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
            reader.Skip();
    }

    /// <summary>The server's words, in whichever of the usual fields they stand, at whatever depth.</summary>
    private static string MessageOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var message = "";
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || FieldReader.TextOf(in reader) is not { } name || !MessageFields.Contains(name))
                continue;
            reader.Read();
            if (message.Length == 0 && reader.TokenType == JsonTokenType.String)
                message = ServerText.Clean(FieldReader.TextOf(in reader));
        }

        return message;
    }
}
