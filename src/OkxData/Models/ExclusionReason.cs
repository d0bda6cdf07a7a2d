namespace OkxData.Models;

/// <summary>Why an asset is not in a ranking.</summary>
public enum ExclusionReason
{
    /// <summary>It is of a class that is left out; see <see cref="ExcludedAsset.Class"/>.</summary>
    Class,

    /// <summary>The query names it in <see cref="MarketCapQuery.Exclude"/>.</summary>
    ByRequest,

    /// <summary>Another asset has the same ticker, and that one is what OKX lists.</summary>
    AnotherAssetOfThatTicker,

    /// <summary>Its price at the source and its price on OKX differ by more than the tolerance.</summary>
    PriceDisagrees,

    /// <summary>Several assets of the source have this ticker and an agreeing price, and the id map knows none of them.</summary>
    Ambiguous,

    /// <summary>The source gives no market capitalisation, or zero.</summary>
    NoMarketCap,

    /// <summary>OKX or the source gives no price to compare.</summary>
    NoPrice,

    /// <summary>Its instrument is not trading now.</summary>
    NotLive,

    /// <summary>Its instrument is a test.</summary>
    TestInstrument,

    /// <summary>OKX lists no spot pair of it in the quote currency.</summary>
    NotListed,

    /// <summary>OKX lists the same asset under another name as well, as around a renaming, and that pair counts.</summary>
    AnotherPairOfThatAsset,
}
