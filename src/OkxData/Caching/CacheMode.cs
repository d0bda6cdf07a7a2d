namespace OkxData.Caching;

/// <summary>How the cache and the network are used together.</summary>
public enum CacheMode
{
    /// <summary>What is held comes from the cache, the rest from OKX.</summary>
    Normal,

    /// <summary>Nothing is asked of OKX; what is not held is an error that lists it.</summary>
    Offline,

    /// <summary>Everything is asked of OKX again and compared with what is held; differences are reported and what is held stays.</summary>
    Refresh,

    /// <summary>Nothing is read from the cache or written to it.</summary>
    Off,
}
