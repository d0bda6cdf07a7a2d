using OkxData.Errors;

namespace OkxData.Streaming;

/// <summary>The one place where what ends a stream finds its words.</summary>
internal static class StreamErrors
{
    public static OkxStreamException Refused(StreamTopic topic, string code, string message) =>
        new($"OKX refused to stream {topic.Channel} of {topic.Symbol}: {code} {message.TrimEnd('.')}. What to do: {OkxErrorCodes.AdviceFor(code)}.")
        {
            Code = code.Length == 0 ? null : code,
            OkxMessage = message.Length == 0 ? null : message,
            Endpoint = $"/ws/v5/{StreamPaths.NameOf(topic.Path)} {topic.Channel}",
            Attempts = 1,
        };
}
