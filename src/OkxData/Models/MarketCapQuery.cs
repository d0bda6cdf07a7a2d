namespace OkxData.Models;

/// <summary>Which assets are wanted, by market capitalisation.</summary>
public sealed record MarketCapQuery
{
    /// <summary>How many assets.</summary>
    /// <value>The default is 50; 1 to 500 are allowed.</value>
    public int Top { get; init; } = 50;

    /// <summary>The currency in which the assets must be traded on OKX's spot market.</summary>
    /// <value>The default is <c>USDT</c>.</value>
    public string QuoteCurrency { get; init; } = "USDT";

    /// <summary>The instant whose ranking is wanted, any offset; it is answered from what was stored at or before it.</summary>
    /// <value>The default, <see langword="null"/>, means now.</value>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether today's members may stand in where nothing was stored at or before <see cref="AsOf"/>; the ranking then says so in its <see cref="MarketCapRanking.Bias"/>.</summary>
    /// <value>The default is <see langword="false"/>: an error.</value>
    public bool AllowBiasedUniverse { get; init; }

    /// <summary>Whether classes other than <see cref="AssetClass.Coin"/> are left out: stablecoins, wrapped, staked and bridged copies, leveraged tokens, tokenised stocks, funds and commodities.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <remarks>What makes a row wrong, rather than unwanted, is left out either way: impostors, disagreeing prices, tests and what does not trade.</remarks>
    public bool ExcludeClasses { get; init; } = true;

    /// <summary>Base currencies that are kept whatever their class, such as <c>PAXG</c>.</summary>
    public IReadOnlyCollection<string> Include { get; init; } = [];

    /// <summary>Base currencies that are left out whatever their class; what <see cref="Include"/> names as well is left out, too.</summary>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];
}
