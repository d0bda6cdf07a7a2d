using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OkxData.Testing.Serving;

/// <summary>What is answered, and in which manner.</summary>
internal sealed record Reply
{
    private const string Json = "application/json";

    public int Status { get; init; } = 200;

    /// <summary>OKX's code, for the record of requests.</summary>
    public string Code { get; init; } = "";

    public string ContentType { get; init; } = Json;

    public ReadOnlyMemory<byte> Body { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>When it was sent, by the exchange's clock; it is cut to the second.</summary>
    public DateTimeOffset? Date { get; init; }

    public SendingManner Manner { get; init; }

    /// <summary>The envelope of success around rows.</summary>
    public static Reply Ok(Action<Utf8JsonWriter> writeRows)
    {
        var buffer = new ArrayBufferWriter<byte>(32 * 1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("code", "0");
            writer.WriteString("msg", "");
            writer.WriteStartArray("data");
            writeRows(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new Reply { Code = "0", Body = buffer.WrittenMemory };
    }

    /// <summary>A refusal by the service: code, message, empty data.</summary>
    public static Reply Refused(int status, string code, string message) =>
        new() { Status = status, Code = code, Body = Encoding.UTF8.GetBytes($$"""{"code":"{{code}}","msg":"{{message}}","data":[]}""") };

    /// <summary>A refusal by the gateway: the message first, no data.</summary>
    public static Reply Gateway(int status, string code, string message) =>
        new() { Status = status, Code = code, Body = Encoding.UTF8.GetBytes($$"""{"msg":"{{message}}","code":"{{code}}"}""") };

    public static Reply Text(int status, string text, string contentType = "text/plain") =>
        new() { Status = status, ContentType = contentType, Body = Encoding.UTF8.GetBytes(text) };

    public static Reply Html(int status, string title) =>
        Text(status, $"<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n<center><h1>{status} {title}</h1></center>\r\n</body>\r\n</html>\r\n", "text/html");

    public static Reply WrongParameter(string parameter) => Refused(400, "51000", $"Parameter {parameter} error");

    public static Reply UnknownInstrument() => Refused(200, "51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist.");

    public static Reply TooManyRequests(int status = 429) => Gateway(status, "50011", "Too Many Requests");

    public static Reply Unavailable(int status = 503) => Gateway(status, "50001", "Service temporarily unavailable. Please try again later.");
}
