namespace OkxData.Caching;

/// <summary>Where the documents of a room are kept, and how old they may be.</summary>
/// <param name="Folder">The environment and the room, such as <c>global/tickers</c>.</param>
/// <param name="TimeToLive">How long a value is used without asking again.</param>
/// <param name="MaxStale">The age up to which an older value stands in when the source cannot be reached.</param>
/// <param name="RefreshInBackground">Whether an older value that may stand in is answered at once, and the next one fetched behind it.</param>
internal sealed record DocumentTerms(string Folder, TimeSpan TimeToLive, TimeSpan MaxStale, bool RefreshInBackground = false)
{
    public DocumentRequest<T> For<T>(string name, string subject, Func<bool, CancellationToken, Task<T>> fetch) => new()
    {
        Key = $"{Folder}/{name}.json",
        Subject = subject,
        TimeToLive = TimeToLive,
        MaxStale = MaxStale,
        RefreshInBackground = RefreshInBackground,
        Fetch = fetch,
    };
}
