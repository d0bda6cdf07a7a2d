using System.Globalization;
using OkxData;
using OkxData.Models;
using OkxData.Panels;

namespace RiskParity;

/// <summary>Chooses by what had been traded when the first weights are due, from candles alone: nothing of it was known only later.</summary>
internal static class TurnoverUniverse
{
    private const int RankedDays = 90;

    // One stablecoin in the set would take nearly the whole portfolio: it has hardly any risk to share.
    private static readonly HashSet<string> Stablecoins = new(StringComparer.Ordinal)
    {
        "USDC", "DAI", "TUSD", "USDP", "FDUSD", "PYUSD", "USDE", "USDS", "USDD", "GUSD", "LUSD", "FRAX", "BUSD", "UST", "USTC", "USD1", "USDG", "RLUSD", "EURC", "EURT", "EUR", "XAUT", "PAXG",
    };

    /// <summary>The most traded pairs of the days before the first weights, which a window of days after the beginning are due.</summary>
    /// <exception cref="UsageException">The source has no two pairs in USDT, or no BTC.</exception>
    public static async Task<Universe> SelectAsync(IOkxMarketClient client, DateTimeOffset from, int top, IProgress<CandleProgress>? progress, CancellationToken cancellationToken)
    {
        var pairs = await PairsAsync(client, cancellationToken);
        var start = BeginningOf(pairs, from);
        var asOf = start.AddDays(Strategy.WindowDays);
        var excluded = pairs.Select(pair => (pair.Symbol, Reason: ReasonAgainst(pair, asOf.AddDays(-RankedDays)))).Where(pair => pair.Reason is not null).Select(pair => (pair.Symbol, Reason: pair.Reason!)).ToList();
        var eligible = pairs.Where(pair => !excluded.Exists(other => other.Symbol == pair.Symbol)).ToArray();
        var candidates = await BusiestTodayAsync(client, eligible, most: 3 * top, cancellationToken);
        var days = await client.GetCandlesAsync(new CandleBatchQuery { Symbols = candidates, From = asOf.AddDays(-RankedDays), To = asOf, Progress = progress }, cancellationToken);
        var ranking = LiquidityRanking.Of(days, asOf, RankedDays);
        excluded.AddRange(ranking.Dropped.Select(asset => (asset.Symbol, "had too few candles when the ranking was made")));
        excluded.AddRange(days.Failures.Select(failure => (failure.Key, "failed: " + failure.Value.Message)));
        return new Universe
        {
            From = start,
            Symbols = [.. ranking.Assets.Take(top).Select(asset => asset.Symbol)],
            Bitcoin = pairs.FirstOrDefault(pair => pair.BaseCurrency == "BTC")?.Symbol ?? throw new UsageException("The source has no BTC pair in USDT to compare with."),
            Statement = string.Create(CultureInfo.InvariantCulture,
                $"Universe: the {Math.Min(top, ranking.Assets.Count)} of {candidates.Length} pairs with the greatest median daily turnover in the {RankedDays} days before {asOf:yyyy-MM-dd}. Only pairs that still trade are known, so failures of the past are missing."),
            Excluded = excluded,
            RequestsSent = days.RequestsSent,
        };
    }

    /// <summary>The day that is asked for, or the first of which two pairs have candles.</summary>
    private static DateTimeOffset BeginningOf(Instrument[] pairs, DateTimeOffset from)
    {
        var able = pairs.Where(pair => ReasonAgainst(pair, DateTimeOffset.MaxValue) is null).Select(pair => pair.ListTime ?? DateTimeOffset.MinValue).Order().Take(2).ToArray();
        if (able.Length < 2)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"The source has {able.Length} USDT pairs that can be held; two are needed to share a risk."));
        return able[1] > from ? new DateTimeOffset(able[1].UtcDateTime.Date, TimeSpan.Zero) : from;
    }

    /// <summary>Spot, or swaps where a recording has nothing else.</summary>
    private static async Task<Instrument[]> PairsAsync(IOkxMarketClient client, CancellationToken cancellationToken)
    {
        foreach (var type in new[] { InstrumentType.Spot, InstrumentType.Swap })
        {
            var pairs = (await client.GetInstrumentsAsync(type, cancellationToken)).Where(instrument => instrument.QuoteCurrency == "USDT").ToArray();
            if (pairs.Length > 0)
                return pairs;
        }

        return [];
    }

    private static string? ReasonAgainst(Instrument pair, DateTimeOffset start) => pair switch
    {
        { State: not InstrumentState.Live } => $"does not trade now ({pair.StateText})",
        { Category: not (InstrumentCategory.Crypto or InstrumentCategory.Unknown) } => $"is no cryptocurrency ({pair.Category})",
        { BaseCurrency: var currency } when Stablecoins.Contains(currency) => "stands for a currency or for gold",
        { ListTime: { } listed } when listed > start => string.Create(CultureInfo.InvariantCulture, $"was listed after {start:yyyy-MM-dd}"),
        _ => null,
    };

    /// <summary>Saves asking for pairs that hardly trade, where there are hundreds.</summary>
    private static async Task<string[]> BusiestTodayAsync(IOkxMarketClient client, Instrument[] pairs, int most, CancellationToken cancellationToken)
    {
        if (pairs.Length <= most)
            return [.. pairs.Select(pair => pair.Symbol)];

        var tickers = (await client.GetTickersAsync(pairs[0].Type, cancellationToken)).ToDictionary(ticker => ticker.Symbol, StringComparer.Ordinal);
        return [.. pairs.Select(pair => pair.Symbol).OrderByDescending(symbol => tickers.GetValueOrDefault(symbol) is { } ticker ? ticker.Volume24h ?? ticker.BaseVolume24h * ticker.Price ?? 0 : 0).Take(most)];
    }
}
