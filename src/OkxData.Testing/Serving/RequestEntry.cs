namespace OkxData.Testing.Serving;

/// <summary>A request while it is being answered.</summary>
internal sealed class RequestEntry
{
    public required int Sequence { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    public required TimeSpan Arrival { get; init; }

    /// <summary>How often the very same request came before.</summary>
    public required int Attempt { get; init; }

    public required bool IsRefused { get; init; }

    public int Status { get; set; }

    public string Code { get; set; } = "";

    public FaultKind? Fault { get; set; }

    public RecordedRequest ToRecord() => new()
    {
        Sequence = Sequence,
        Method = Method,
        Path = Path,
        Query = Query,
        ArrivedAt = ArrivedAt,
        Arrival = Arrival,
        Status = Status,
        Code = Code,
        Fault = Fault,
        IsRefused = IsRefused,
    };
}
