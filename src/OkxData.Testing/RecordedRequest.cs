namespace OkxData.Testing;

/// <summary>A request that reached the simulator.</summary>
public sealed record RecordedRequest
{
    /// <summary>Its place in the order of arrival, from 0.</summary>
    public required int Sequence { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path, such as <c>/api/v5/market/candles</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The query, from the question mark on; empty where there is none.</summary>
    public required string Query { get; init; }

    /// <summary>When it arrived, by the exchange's clock, UTC.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When it arrived, since the simulator started: monotonic and as fine as the clock's timestamps.</summary>
    public required TimeSpan Arrival { get; init; }

    /// <summary>The HTTP status that was answered; 0 where nothing was, or not yet.</summary>
    public required int Status { get; init; }

    /// <summary>OKX's code that was answered; empty where the body has none.</summary>
    public required string Code { get; init; }

    /// <summary>The fault that was injected, if one was.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>Whether it was refused for exceeding the limit.</summary>
    public bool IsRefused { get; init; }
}
