namespace OkxData.Testing;

/// <summary>A WebSocket connection that reached the simulator, or wanted to.</summary>
public sealed record RecordedSocket
{
    /// <summary>Its place in the order of arrival, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The path; see <see cref="SimulatorPaths"/>.</summary>
    public required string Path { get; init; }

    /// <summary>When it arrived, by the exchange's clock, UTC.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When it arrived, since the simulator started: monotonic and as fine as the clock's timestamps.</summary>
    public required TimeSpan Arrival { get; init; }

    /// <summary>The HTTP status of the handshake: 101 where it was taken, 0 where nothing was answered.</summary>
    public required int Status { get; init; }

    /// <summary>When it ended, by whatever cause, by the exchange's clock, UTC; <see langword="null"/> while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The close code that the simulator ended it with, such as 4004; <see langword="null"/> where it sent none.</summary>
    public int? CloseCode { get; init; }

    /// <summary>How many subscribe, unsubscribe and login messages it has sent, refused ones included.</summary>
    public required int Requests { get; init; }
}
