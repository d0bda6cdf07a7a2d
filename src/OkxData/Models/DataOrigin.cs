namespace OkxData.Models;

/// <summary>Where an answer came from.</summary>
public enum DataOrigin
{
    /// <summary>All of it from OKX, in this call.</summary>
    Network,

    /// <summary>All of it from the cache; no request was sent for it.</summary>
    Cache,

    /// <summary>Partly from the cache and partly from OKX.</summary>
    Mixed,

    /// <summary>From the cache because OKX could not or would not answer; newer data may exist.</summary>
    StaleCache,
}
