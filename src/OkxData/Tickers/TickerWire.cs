using System.Text.Json;
using OkxData.Http;
using OkxData.Models;
using OkxData.Validation;

namespace OkxData.Tickers;

/// <summary>A row of tickers as OKX sends it, as far as it is used.</summary>
internal sealed class TickerWire
{
    private static readonly RowFields<TickerWire> Fields = new RowFields<TickerWire>()
        .Word("instType", (row, value) => row.InstType = value)
        .Word("instId", (row, value) => row.InstId = value)
        .Figure("last", (row, value) => row.Last = value)
        .Figure("bidPx", (row, value) => row.BidPx = value)
        .Figure("askPx", (row, value) => row.AskPx = value)
        .Figure("open24h", (row, value) => row.Open24h = value)
        .Figure("high24h", (row, value) => row.High24h = value)
        .Figure("low24h", (row, value) => row.Low24h = value)
        .Figure("vol24h", (row, value) => row.Vol24h = value)
        .Figure("volCcy24h", (row, value) => row.VolCcy24h = value)
        .Figure("sodUtc0", (row, value) => row.SodUtc0 = value)
        .Time("ts", (row, value) => row.Ts = value);

    public string? InstType { get; private set; }

    public string? InstId { get; private set; }

    public decimal? Last { get; private set; }

    public decimal? BidPx { get; private set; }

    public decimal? AskPx { get; private set; }

    public decimal? Open24h { get; private set; }

    public decimal? High24h { get; private set; }

    public decimal? Low24h { get; private set; }

    /// <summary>In base currency for spot, in contracts for derivatives.</summary>
    public decimal? Vol24h { get; private set; }

    /// <summary>In quote currency for spot, in base currency for derivatives.</summary>
    public decimal? VolCcy24h { get; private set; }

    public decimal? SodUtc0 { get; private set; }

    public long? Ts { get; private set; }

    public static ReplyRows<Ticker> ReadRows(ref Utf8JsonReader reader, InstrumentType asked) =>
        ReplyRowsReader.Read(ref reader, "tickers", ValidationRules.TickerBrokenRow, (ref row, out refusal) => ReadRow(ref row, asked, out refusal));

    /// <summary>Reads a row that was pushed: it can only be of the symbol that was subscribed to.</summary>
    /// <remarks>Reuses this object, whatever it held.</remarks>
    public Ticker? ReadPushed(ReadOnlySpan<byte> row, string symbol, InstrumentType asked, out RowRefusal? refusal)
    {
        Clear();
        var reader = new Utf8JsonReader(row);
        reader.Advance();
        var ticker = Read(ref reader, asked, out refusal);
        if (ticker is null || ticker.Symbol == symbol)
            return ticker;

        refusal = new RowRefusal(ValidationRules.TickerBrokenRow, symbol, $"it is of {ticker.Symbol}", IsBroken: true);
        return null;
    }

    private static Ticker? ReadRow(ref Utf8JsonReader reader, InstrumentType asked, out RowRefusal? refusal) =>
        new TickerWire().Read(ref reader, asked, out refusal);

    private Ticker? Read(ref Utf8JsonReader reader, InstrumentType asked, out RowRefusal? refusal)
    {
        var fault = Fields.Read(ref reader, this);
        refusal = fault is null ? TickerMapper.RefusalOf(this) : new RowRefusal(ValidationRules.TickerBrokenRow, InstId, fault, IsBroken: true);
        return refusal is null ? TickerMapper.Map(this, asked, out refusal) : null;
    }

    private void Clear()
    {
        InstType = InstId = null;
        Last = BidPx = AskPx = Open24h = High24h = Low24h = Vol24h = VolCcy24h = SodUtc0 = null;
        Ts = null;
    }
}
