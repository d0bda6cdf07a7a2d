namespace OkxData.Models;

/// <summary>An answer that tells where it came from and when: lists of instruments and of tickers, and series of candles.</summary>
/// <example><c>var age = clock.GetUtcNow() - ((IDatedAnswer)await client.GetTickersAsync()).RetrievedAt;</c></example>
public interface IDatedAnswer
{
    /// <summary>When it was received from OKX, UTC.</summary>
    DateTimeOffset RetrievedAt { get; }

    /// <summary>Where it came from; <see cref="DataOrigin.StaleCache"/> when newer data could not be fetched.</summary>
    DataOrigin Origin { get; }
}
