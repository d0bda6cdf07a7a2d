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
}
