using System.Text.Json;

namespace OkxData.Testing.Sockets;

/// <summary>What a client asks: an operation on some topics.</summary>
internal sealed record SocketRequest(string? Id, string Operation, IReadOnlyList<SocketTopic>? Topics)
{
    /// <summary>The request; <see langword="null"/> where the text is none.</summary>
    public static SocketRequest? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "op") is { } operation
                ? new SocketRequest(Text(root, "id"), operation, TopicsOf(root))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<SocketTopic>? TopicsOf(JsonElement root)
    {
        if (!root.TryGetProperty("args", out var args) || args.ValueKind != JsonValueKind.Array)
            return null;

        var topics = new List<SocketTopic>();
        foreach (var arg in args.EnumerateArray())
        {
            if (arg.ValueKind != JsonValueKind.Object)
                return null;
            topics.Add(new SocketTopic(Text(arg, "channel") ?? "", Text(arg, "instId") ?? ""));
        }

        return topics.Count > 0 ? topics : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
