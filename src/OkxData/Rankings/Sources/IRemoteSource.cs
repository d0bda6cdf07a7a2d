namespace OkxData.Rankings.Sources;

/// <summary>A source behind a host that may be silent, and that can be asked to find out soon.</summary>
internal interface IRemoteSource : IMarketCapSource
{
    /// <summary>Gets the largest assets of now.</summary>
    /// <param name="count">How many are wanted.</param>
    /// <param name="hasStandIn">Whether an older ranking is held, so that nobody need wait long for a host that does not answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<MarketCapListing> GetLatestAsync(int count, bool hasStandIn, CancellationToken cancellationToken);
}
