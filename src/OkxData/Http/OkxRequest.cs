namespace OkxData.Http;

/// <summary>One call: where to, with what, and how its data is read.</summary>
internal sealed record OkxRequest<T>
{
    public required EndpointDefinition Endpoint { get; init; }

    /// <summary>The query, encoded, without its question mark; empty for none.</summary>
    public required string Query { get; init; }

    /// <summary>What OKX counts the call by beside the address, such as the <c>instType</c>; empty where it counts by address alone.</summary>
    public string Scope { get; init; } = "";

    /// <summary>What is asked for, for messages: the symbol, the bar and the range.</summary>
    public required string Subject { get; init; }

    public required DataReader<T> ReadData { get; init; }

    /// <summary>Whether the caller holds something that may stand in, so that it need not wait long for a host that does not answer.</summary>
    public bool HasStandIn { get; init; }

    /// <summary>Whether the call only looks whether there is an answer: it is not repeated, and nobody is asked why it failed.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Told once for every send on the wire, before it happens.</summary>
    public Action? OnSend { get; init; }

    /// <summary>Told the end of the key that each attempt of a signed call is signed with.</summary>
    public Action<string>? OnSigned { get; init; }
}
