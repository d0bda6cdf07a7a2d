using OkxData.Models;
using OkxData.Rankings;
using OkxData.Rankings.Building;

namespace OkxData.Tests.Rankings.Building;

/// <summary>Evidence made by hand.</summary>
internal static class Evidence
{
    public static readonly DateTimeOffset At = new(2026, 6, 15, 10, 30, 0, TimeSpan.Zero);

    public static MarketCapEntry Asset(string id, string ticker, decimal? cap, decimal? price, string name = "") =>
        new() { Id = id, Ticker = ticker, Name = name, MarketCap = cap, Price = price };

    public static MarketPair Pair(string symbol, decimal? price, InstrumentState state = InstrumentState.Live, InstrumentCategory category = InstrumentCategory.Crypto, decimal volume = 1) => new()
    {
        Symbol = symbol,
        Base = symbol.Split('-')[0],
        Quote = symbol.Split('-')[1],
        Price = price,
        State = state,
        Category = category,
        Volume24h = volume,
        Timestamp = At,
    };

    public static RankingEvidence Of(IEnumerable<MarketCapEntry> entries, IEnumerable<MarketPair> pairs, MarketCapIds ids = MarketCapIds.CoinGecko) =>
        new() { Source = "test", Ids = ids, Entries = [Asset("tether", "usdt", 150, 1), .. entries], Pairs = [.. pairs] };

    public static MarketCapRanking Rank(this RankingEvidence evidence, MarketCapQuery? query = null, Action<RankingsOptions>? configure = null)
    {
        var options = new RankingsOptions();
        configure?.Invoke(options);
        return RankingBuilder.Build(evidence, At, query ?? new MarketCapQuery(), RankingTerms.Of(options));
    }

    public static IEnumerable<string> Symbols(this MarketCapRanking ranking) => ranking.Assets.Select(asset => asset.Symbol);

    public static IEnumerable<(string Id, ExclusionReason Reason)> Reasons(this MarketCapRanking ranking) =>
        ranking.Excluded.Where(asset => asset.SourceId != "tether").Select(asset => (asset.SourceId.Length == 0 ? asset.Symbol : asset.SourceId, asset.Reason));
}
