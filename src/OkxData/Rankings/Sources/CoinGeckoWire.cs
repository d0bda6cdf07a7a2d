using System.Text.Json;
using OkxData.Http;
using OkxData.Validation;

namespace OkxData.Rankings.Sources;

/// <summary>A row of CoinGecko's markets, as far as it is used.</summary>
internal sealed class CoinGeckoWire
{
    private static readonly RowFields<CoinGeckoWire> Fields = new RowFields<CoinGeckoWire>()
        .Word("id", (row, value) => row.Id = value)
        .Word("symbol", (row, value) => row.Symbol = value)
        .Word("name", (row, value) => row.Name = value)
        .Figure("current_price", (row, value) => row.CurrentPrice = value)
        .Figure("market_cap", (row, value) => row.MarketCap = value)
        .Figure("market_cap_rank", (row, value) => row.MarketCapRank = value)
        .Figure("circulating_supply", (row, value) => row.CirculatingSupply = value);

    public string? Id { get; private set; }

    public string? Symbol { get; private set; }

    public string? Name { get; private set; }

    public decimal? CurrentPrice { get; private set; }

    public decimal? MarketCap { get; private set; }

    public decimal? MarketCapRank { get; private set; }

    public decimal? CirculatingSupply { get; private set; }

    public static ReplyRows<MarketCapEntry> ReadRows(ref Utf8JsonReader reader) =>
        ReplyRowsReader.Read(ref reader, "coins", ValidationRules.RankingBrokenRow, ReadRow, CoinGeckoSource.SourceName);

    private static MarketCapEntry? ReadRow(ref Utf8JsonReader reader, out RowRefusal? refusal)
    {
        var wire = new CoinGeckoWire();
        var fault = Fields.Read(ref reader, wire);
        var nameless = EntryRules.FaultOfNames(wire.Id, wire.Symbol);
        refusal = nameless is null ? null : new RowRefusal(ValidationRules.RankingBrokenRow, wire.Id, nameless, IsBroken: true);
        if (nameless is not null)
            return null;

        var entry = new MarketCapEntry
        {
            Id = wire.Id!,
            Ticker = wire.Symbol!,
            Name = wire.Name ?? "",
            MarketCap = wire.MarketCap,
            Price = wire.CurrentPrice,
            CirculatingSupply = wire.CirculatingSupply,
            Rank = EntryRules.RankOf(wire.MarketCapRank),
        };
        return EntryRules.Judge(entry, fault);
    }
}
