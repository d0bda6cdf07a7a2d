namespace OkxData.Testing;

/// <summary>A message that the simulator received over a WebSocket.</summary>
public sealed record RecordedSocketMessage
{
    /// <summary>The number of its connection; see <see cref="RecordedSocket.Number"/>.</summary>
    public required int Connection { get; init; }

    /// <summary>When it arrived, by the exchange's clock, UTC.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>Its text, such as <c>ping</c>.</summary>
    public required string Text { get; init; }
}
