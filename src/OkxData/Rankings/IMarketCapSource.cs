namespace OkxData.Rankings;

/// <summary>Gives market capitalisations; add one of your own with <c>AddMarketCapSource</c>.</summary>
/// <remarks>Sources are asked in order until one answers: yours, then CoinGecko, then CoinPaprika. Thread-safe.</remarks>
public interface IMarketCapSource
{
    /// <summary>The name in messages and in <see cref="Models.MarketCapRanking.Source"/>.</summary>
    string Name { get; }

    /// <summary>Gets the largest assets.</summary>
    /// <param name="asOf">The instant, UTC; <see langword="null"/> for now.</param>
    /// <param name="count">How many are wanted; fewer or more may be returned.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The listing, in any order, of that instant or before it and never later; <see langword="null"/> where the source has nothing for it.</returns>
    /// <exception cref="Errors.OkxException">The source could not answer; the next one is asked. Any other exception is taken the same way.</exception>
    Task<MarketCapListing?> GetListingAsync(DateTimeOffset? asOf, int count, CancellationToken cancellationToken = default);
}
