using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OkxData.Testing.Market;

namespace OkxData.Testing.Serving;

/// <summary>CoinGecko's markets and CoinPaprika's tickers.</summary>
internal sealed class MarketCapHandler(AssetBook assets)
{
    private const int DefaultPage = 100;
    private const int LargestPage = 250;

    public Reply CoinGecko(IQueryCollection query, DateTimeOffset now)
    {
        if (query["vs_currency"] != "usd")
            return Refused(422, "Missing parameter vs_currency");
        if (!TryRead(query, "per_page", DefaultPage, LargestPage, out var size) || !TryRead(query, "page", 1, int.MaxValue / LargestPage, out var page))
            return Refused(400, "per_page is from 1 to 250 and page from 1");

        // A row that fell by one place between two requests stands at the end of one page and at the beginning of the next.
        var first = Math.Max(0, (page - 1) * size - (assets.RowsSlide ? page - 1 : 0));
        var category = query["category"].ToString();
        var rows = assets.At(now).Where(row => category.Length == 0 || row.Asset.Categories.Contains(category, StringComparer.Ordinal)).Skip(first).Take(size);
        return Json(writer => Each(writer, rows, row => WriteMarket(writer, row, now)));
    }

    public Reply CoinPaprika(DateTimeOffset now) => Json(writer => Each(writer, assets.At(now), row => WriteTicker(writer, row, now)));

    private static bool TryRead(IQueryCollection query, string name, int ifAbsent, int most, out int value)
    {
        value = ifAbsent;
        var text = query[name].ToString();
        return text.Length == 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= most);
    }

    private static void WriteMarket(Utf8JsonWriter writer, PricedAsset row, DateTimeOffset now)
    {
        writer.WriteString("id", row.Asset.Id);
        writer.WriteString("symbol", row.Asset.Ticker.ToLowerInvariant());
        writer.WriteString("name", row.Asset.Name ?? row.Asset.Id);
        Number(writer, "current_price", row.Price);
        Number(writer, "market_cap", row.Asset.MarketCap);
        Number(writer, "market_cap_rank", row.Rank);
        Number(writer, "fully_diluted_valuation", row.Asset.MarketCap);
        Number(writer, "total_volume", row.Asset.MarketCap / 20);
        Number(writer, "circulating_supply", SupplyOf(row));
        Number(writer, "total_supply", SupplyOf(row));
        writer.WriteNull("max_supply");
        writer.WriteNull("roi");
        writer.WriteString("last_updated", now.UtcDateTime);
    }

    private static void WriteTicker(Utf8JsonWriter writer, PricedAsset row, DateTimeOffset now)
    {
        writer.WriteString("id", row.Asset.PaprikaId ?? $"{row.Asset.Ticker.ToLowerInvariant()}-{row.Asset.Id}");
        writer.WriteString("name", row.Asset.Name ?? row.Asset.Id);
        writer.WriteString("symbol", row.Asset.Ticker);
        writer.WriteNumber("rank", row.Rank ?? 0);
        Number(writer, "total_supply", SupplyOf(row));
        writer.WriteNull("max_supply");
        writer.WriteString("last_updated", now.UtcDateTime);
        writer.WriteStartObject("quotes");
        writer.WriteStartObject("USD");
        writer.WriteNumber("price", row.Price ?? 0);
        writer.WriteNumber("market_cap", row.Asset.MarketCap ?? 0);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static decimal? SupplyOf(PricedAsset row) => row is { Price: > 0, Asset.MarketCap: { } cap } ? decimal.Round(cap / row.Price.Value) : null;

    private static void Number(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    private static void Each(Utf8JsonWriter writer, IEnumerable<PricedAsset> rows, Action<PricedAsset> write)
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            write(row);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static Reply Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return new Reply { Body = buffer.WrittenMemory };
    }

    private static Reply Refused(int status, string message) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes($$$"""{"status":{"error_code":{{{status}}},"error_message":"{{{message}}}"}}""") };
}
