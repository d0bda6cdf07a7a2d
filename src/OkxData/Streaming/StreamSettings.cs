namespace OkxData.Streaming;

/// <summary>What composition tells this room.</summary>
internal sealed record StreamSettings
{
    /// <summary>The absolute address of the WebSocket host.</summary>
    public required Uri BaseAddress { get; init; }

    public required StreamingOptions Options { get; init; }

    /// <summary>The part of every budget that this client uses, in (0, 1].</summary>
    public required double Share { get; init; }
}
