using System.Text.Json;
using OkxData.Http;
using OkxData.Validation;

namespace OkxData.Rankings.Sources;

/// <summary>A row of CoinPaprika's tickers, as far as it is used.</summary>
internal sealed class CoinPaprikaWire
{
    private static readonly RowFields<CoinPaprikaWire> Dollars = new RowFields<CoinPaprikaWire>()
        .Figure("price", (row, value) => row.Price = value)
        .Figure("market_cap", (row, value) => row.MarketCap = value);

    private static readonly RowFields<CoinPaprikaWire> Quotes = new RowFields<CoinPaprikaWire>().Nested("USD", Dollars);

    private static readonly RowFields<CoinPaprikaWire> Fields = new RowFields<CoinPaprikaWire>()
        .Word("id", (row, value) => row.Id = value)
        .Word("symbol", (row, value) => row.Symbol = value)
        .Word("name", (row, value) => row.Name = value)
        .Figure("rank", (row, value) => row.Rank = value)
        .Figure("circulating_supply", (row, value) => row.CirculatingSupply = value)
        .Nested("quotes", Quotes);

    public string? Id { get; private set; }

    public string? Symbol { get; private set; }

    public string? Name { get; private set; }

    public decimal? Rank { get; private set; }

    /// <summary>Not in the present listings; where it is absent, the capitalisation over the price stands in.</summary>
    public decimal? CirculatingSupply { get; private set; }

    public decimal? Price { get; private set; }

    public decimal? MarketCap { get; private set; }

    public static ReplyRows<MarketCapEntry> ReadRows(ref Utf8JsonReader reader) =>
        ReplyRowsReader.Read(ref reader, "coins", ValidationRules.RankingBrokenRow, ReadRow, CoinPaprikaSource.SourceName);

    private static MarketCapEntry? ReadRow(ref Utf8JsonReader reader, out RowRefusal? refusal)
    {
        var wire = new CoinPaprikaWire();
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
            Price = wire.Price,
            CirculatingSupply = wire.CirculatingSupply ?? EntryRules.SupplyOf(wire.MarketCap, wire.Price),
            Rank = EntryRules.RankOf(wire.Rank),
        };
        return EntryRules.Judge(entry, fault);
    }
}
