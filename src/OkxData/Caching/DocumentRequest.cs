namespace OkxData.Caching;

/// <summary>What is wanted of a <see cref="DocumentCache{T}"/>, how old it may be, and how it is fetched.</summary>
internal sealed record DocumentRequest<T>
{
    /// <summary>The key in the store; one fetch at a time is under way for it.</summary>
    public required string Key { get; init; }

    /// <summary>What it is, for messages.</summary>
    public required string Subject { get; init; }

    /// <summary>How long a value is used without asking again.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>The age up to which an older value stands in when the source cannot be reached.</summary>
    public required TimeSpan MaxStale { get; init; }

    /// <summary>Whether an older value that may stand in is answered at once, and the next one fetched behind it.</summary>
    public bool RefreshInBackground { get; init; }

    /// <summary>Asks the source; told whether an older value may stand in, so that nobody need wait long. The token is cancelled when nobody waits any more, not when one caller gives up.</summary>
    public required Func<bool, CancellationToken, Task<T>> Fetch { get; init; }
}
