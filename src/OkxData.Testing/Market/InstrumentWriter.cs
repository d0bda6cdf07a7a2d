using System.Text.Json;
using OkxData.Models;
using OkxData.Testing.Series;

namespace OkxData.Testing.Market;

/// <summary>Writes an instrument with the fields of OKX's reply.</summary>
internal static class InstrumentWriter
{
    private static readonly string[] EmptyFields =
    [
        "alias", "auctionEndTime", "contTdSwTime", "freq", "longPosRemainingQuota", "maxPlatOILmt", "method", "optType",
        "posLmtAmt", "posLmtPct", "preMktSwTime", "seriesId", "shortPosRemainingQuota", "stk",
    ];

    public static void Write(Utf8JsonWriter writer, ListedSymbol symbol, string typeWord, DateTimeOffset now)
    {
        writer.WriteStartObject();
        writer.WriteString("instType", typeWord);
        writer.WriteString("instId", symbol.Name);
        writer.WriteString("listTime", Milliseconds(symbol.Definition.ClaimedListTime ?? symbol.Definition.ListedAt));
        if (symbol.IsAnnouncedAt(now))
            WritePreOpen(writer);
        else
            WriteListed(writer, symbol);

        foreach (var field in EmptyFields)
            writer.WriteString(field, "");
        writer.WriteBoolean("futureSettlement", false);
        writer.WriteStartArray("upcChg");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePreOpen(Utf8JsonWriter writer)
    {
        writer.WriteString("state", "preopen");
        foreach (var field in (string[])["baseCcy", "quoteCcy", "settleCcy", "ctVal", "ctValCcy", "ctType", "ctMult", "uly", "instFamily", "tickSz", "lotSz", "minSz", "expTime", "instCategory", "ruleType", "lever"])
            writer.WriteString(field, "");
        writer.WriteNull("instIdCode");
        writer.WriteStartArray("tradeQuoteCcyList");
        writer.WriteEndArray();
    }

    private static void WriteListed(Utf8JsonWriter writer, ListedSymbol symbol)
    {
        var definition = symbol.Definition;
        var isSpot = symbol.Type == InstrumentType.Spot;
        var (currency, quote) = (SymbolShape.BaseOf(symbol.Name), SymbolShape.QuoteOf(symbol.Name));
        var family = isSpot ? "" : $"{currency}-{quote}";
        writer.WriteString("state", definition.State);
        writer.WriteString("baseCcy", isSpot ? currency : "");
        writer.WriteString("quoteCcy", isSpot ? quote : "");
        writer.WriteString("settleCcy", isSpot ? "" : definition.IsInverse ? currency : quote);
        writer.WriteString("ctVal", isSpot ? "" : Figures.Text(definition.ContractValue));
        writer.WriteString("ctValCcy", isSpot ? "" : definition.IsInverse ? "USD" : currency);
        writer.WriteString("ctType", isSpot ? "" : definition.IsInverse ? "inverse" : "linear");
        writer.WriteString("ctMult", isSpot ? "" : "1");
        writer.WriteString("uly", family);
        writer.WriteString("instFamily", family);
        writer.WriteString("tickSz", Figures.Text(SymbolShape.TickOf(definition)));
        writer.WriteString("lotSz", isSpot ? "0.00000001" : "0.01");
        writer.WriteString("minSz", isSpot ? "0.00001" : "0.01");
        writer.WriteString("expTime", (definition.ExpiryTime ?? definition.DelistedAt) is { } end ? Milliseconds(end) : "");
        writer.WriteString("instCategory", definition.Category);
        writer.WriteString("ruleType", "normal");
        writer.WriteString("category", "1");
        writer.WriteString("lever", isSpot ? "10" : "100");
        writer.WriteString("openType", "fix_price");
        writer.WriteNumber("instIdCode", (long)(Noise.Seed(0, symbol.Name) % 1_000_000));
        foreach (var field in (string[])["maxIcebergSz", "maxTriggerSz", "maxTwapSz"])
            writer.WriteString(field, "9999999999.0000000000000000");
        foreach (var field in (string[])["maxLmtSz", "maxMktSz", "maxStopSz"])
            writer.WriteString(field, "1000000");
        writer.WriteString("maxLmtAmt", "20000000");
        writer.WriteString("maxMktAmt", "1000000");
        writer.WriteStartArray("tradeQuoteCcyList");
        if (isSpot)
            writer.WriteStringValue(quote);
        writer.WriteEndArray();
    }

    private static string Milliseconds(DateTimeOffset instant) => Figures.Text(instant.ToUnixTimeMilliseconds());
}
