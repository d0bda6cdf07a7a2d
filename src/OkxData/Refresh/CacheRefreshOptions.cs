using OkxData.Models;

namespace OkxData.Refresh;

/// <summary>Which series a hosted service keeps current in the cache, and when it asks.</summary>
public sealed class CacheRefreshOptions
{
    /// <summary>The instruments, as OKX writes them or like <c>btc/usdt</c>.</summary>
    /// <value>None by default; either these or <see cref="Top"/> must be set.</value>
    public IList<string> Symbols { get; } = [];

    /// <summary>So many of the largest assets by market capitalisation, beside <see cref="Symbols"/>; asked for anew in every round.</summary>
    /// <value>The default is 0, none; up to 500 are allowed.</value>
    public int Top { get; set; }

    /// <summary>The quote currency of the instruments that <see cref="Top"/> chooses.</summary>
    /// <value>The default is <c>USDT</c>.</value>
    public string QuoteCurrency { get; set; } = "USDT";

    /// <summary>The bars; each is refreshed after its own closes.</summary>
    /// <value>None by default, which stands for days.</value>
    public IList<BarSize> Bars { get; } = [];

    /// <summary>How far back a series reaches when it is first fetched.</summary>
    /// <value>The default is 1,826 days; from 1 to 3,653 days are allowed.</value>
    /// <remarks>Minutes of five years are 8,767 requests an instrument: set less for short bars.</remarks>
    public TimeSpan History { get; set; } = TimeSpan.FromDays(1826);

    /// <summary>How long after a close, by the UTC clock, the first series is asked for.</summary>
    /// <value>The default is 1 minute; up to 1 hour is allowed.</value>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The time over which the series of a round are spread, each always at its own moment.</summary>
    /// <value>The default is 2 minutes; up to 1 hour is allowed. A quarter of the bar is never exceeded.</value>
    public TimeSpan Spread { get; set; } = TimeSpan.FromMinutes(2);
}
