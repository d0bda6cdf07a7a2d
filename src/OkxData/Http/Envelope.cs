using System.Text;
using System.Text.Json;
using OkxData.Errors;

namespace OkxData.Http;

/// <summary>What wraps every reply of OKX: <c>{"code":"0","msg":"","data":[…]}</c>, in any order and with anything else beside.</summary>
internal readonly record struct Envelope
{
    /// <summary>The code; <see langword="null"/> where the reply has none that is a string or a number.</summary>
    public string? Code { get; private init; }

    public string Message { get; init; }

    public bool HasData { get; private init; }

    /// <summary>Why the data could not be read, although the whole body is JSON.</summary>
    public Exception? DataError { get; private init; }

    /// <summary>Reads the whole body in one pass, its data into the call.</summary>
    /// <exception cref="JsonException">The body is not JSON, or not all of it.</exception>
    public static Envelope Read(ReadOnlySpan<byte> body, OkxCall call)
    {
        call.Forget();
        if (body.StartsWith("\uFEFF"u8))
            body = body[3..];

        try
        {
            return Walk(body, call);
        }
        catch (Exception exception) when (exception is OkxPayloadException or InvalidOperationException or FormatException or OverflowException)
        {
            // What looks like another shape may be the place where the body was cut off, or an error reply: read on without the data.
            return Walk(body, null) with { DataError = exception };
        }
    }

    private static Envelope Walk(ReadOnlySpan<byte> body, OkxCall? call)
    {
        var reader = new Utf8JsonReader(body);
        var envelope = new Envelope { Message = "" };
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            reader.Read();
            return envelope;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            envelope = envelope.ReadField(ref reader, call);

        reader.Read();
        return envelope;
    }

    private Envelope ReadField(ref Utf8JsonReader reader, OkxCall? call)
    {
        if (IsNamed(ref reader, "code"u8, "code"))
        {
            reader.Read();
            var code = TextOf(ref reader);
            reader.Skip();

            // Should it stand there twice, the bad news counts.
            return Code is null or "0" ? this with { Code = code ?? Code } : this;
        }

        if (IsNamed(ref reader, "msg"u8, "msg"))
        {
            reader.Read();
            var message = TextOf(ref reader);
            reader.Skip();
            return this with { Message = message ?? "" };
        }

        if (!IsNamed(ref reader, "data"u8, "data"))
        {
            reader.Skip();
            return this;
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return this;
        if (call is null || Code is not (null or "0"))
            reader.Skip();
        else if (HasData)
            throw new OkxPayloadException("the field data stands there twice") { Path = "data" };
        else
            call.ReadData(ref reader);

        return this with { HasData = true };
    }

    private static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string name) =>
        reader.ValueIsEscaped ? TextOf(ref reader) == name : reader.ValueSpan.SequenceEqual(utf8);

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.String or JsonTokenType.PropertyName:
                try
                {
                    return reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    // Half a surrogate pair or bytes that are no UTF-8: shown as they are, with replacement characters.
                    return Encoding.UTF8.GetString(reader.ValueSpan);
                }

            default:
                return null;
        }
    }
}
