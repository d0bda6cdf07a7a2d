namespace OkxData.Caching;

/// <summary>Where and how data is kept.</summary>
public sealed class CachingOptions
{
    /// <summary>The folder of the file cache; made when it is first written to.</summary>
    /// <value>The default is <see langword="null"/>: <c>OkxData</c> in the user's local application data, or under the temporary folder where there is no home.</value>
    public string? Directory { get; set; }

    /// <summary>The format in which candles are written; both are read.</summary>
    /// <value>The default is <see cref="CandleFormat.Parquet"/>.</value>
    public CandleFormat CandleFormat { get; set; } = CandleFormat.Parquet;

    /// <summary>How the cache and the network are used together.</summary>
    /// <value>The default is <see cref="CacheMode.Normal"/>.</value>
    public CacheMode Mode { get; set; } = CacheMode.Normal;

    /// <summary>How long a bar that OKX did not have is not asked for again.</summary>
    /// <value>The default is 7 days.</value>
    public TimeSpan GapRetryAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long instruments are used before they are fetched again; zero for always.</summary>
    /// <value>The default is 1 hour; up to 365 days are allowed.</value>
    public TimeSpan InstrumentsTtl { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long tickers are used before they are fetched again; zero for always.</summary>
    /// <value>The default is 5 seconds; up to 365 days are allowed.</value>
    public TimeSpan TickersTtl { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the figures behind a ranking are used before they are fetched again; zero for always.</summary>
    /// <value>The default is 1 hour; up to 365 days are allowed.</value>
    /// <remarks>
    /// Each that is fetched is kept for good, for <see cref="Models.MarketCapQuery.AsOf"/>, about 300 kB a piece. A program that asks all day keeps 24 a
    /// day; 24 hours here make it one. Days that are no longer wanted can be removed from the folder <c>rankings/snapshots</c> by hand.
    /// </remarks>
    public TimeSpan RankingsTtl { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The age up to which instruments and rankings stand in when newer ones cannot be fetched, logged and marked as stale; zero for never.</summary>
    /// <value>The default is 7 days; up to 3,650 days are allowed.</value>
    /// <remarks>In mode <see cref="CacheMode.Offline"/> what is held is served whatever its age.</remarks>
    public TimeSpan MaxStale { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The same for tickers, whose prices are worth little soon; zero for never.</summary>
    /// <value>The default is 5 minutes; up to 3,650 days are allowed.</value>
    /// <remarks><see cref="Models.Ticker.Timestamp"/> tells the age of each.</remarks>
    public TimeSpan MaxStaleTickers { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether instruments, tickers and rankings that are older than their time to live, and younger than what may stand in, are answered at once while newer
    /// ones are fetched behind the call, once however many ask.
    /// </summary>
    /// <value>The default is <see langword="false"/>: a call waits for the newer ones.</value>
    /// <remarks>The answer tells its age: see <see cref="Models.IDatedAnswer"/>. A fetch that fails is logged once, until one succeeds; disposing the client ends it.</remarks>
    public bool RefreshInBackground { get; set; }
}
