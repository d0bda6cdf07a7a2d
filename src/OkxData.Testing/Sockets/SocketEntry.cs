namespace OkxData.Testing.Sockets;

/// <summary>What is on record of a connection; guarded by the log.</summary>
internal sealed class SocketEntry
{
    public required int Number { get; init; }

    public required string Path { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    public required TimeSpan Arrival { get; init; }

    public int Status { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public int? CloseCode { get; set; }

    public List<TimeSpan> Requests { get; } = [];

    public List<SocketTopic> Topics { get; } = [];

    public RecordedSocket ToRecord() => new()
    {
        Number = Number,
        Path = Path,
        ArrivedAt = ArrivedAt,
        Arrival = Arrival,
        Status = Status,
        EndedAt = EndedAt,
        CloseCode = CloseCode,
        Requests = Requests.Count,
    };
}
