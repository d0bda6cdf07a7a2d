using System.Text;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Rankings;
using OkxData.Rankings.Sources;

namespace OkxData.Tests.Rankings.Sources;

public sealed class CoinGeckoWireTests
{
    [Test]
    public void ReadRows_RecordedExample_IsBitcoin()
    {
        var rows = Read(Encoding.UTF8.GetString(RecordedData.ReadBytes("payloads", "coingecko-coins-markets-example.json")));

        Assert.That(rows.Rows.Single(), Is.EqualTo(new MarketCapEntry
        {
            Id = "bitcoin",
            Ticker = "btc",
            Name = "Bitcoin",
            Price = 77671,
            MarketCap = 1555886872303,
            CirculatingSupply = 20030493,
            Rank = 1,
        }));
    }

    [Test]
    public void ReadRows_NullsAndTinyNumbers_AreAbsentAndExact()
    {
        var rows = Read("""[{"id":"a","symbol":"a","name":null,"current_price":1.23456e-12,"market_cap":null,"market_cap_rank":null,"circulating_supply":0.0,"roi":{"times":[1]}}]""");

        Assert.That(rows.Rows.Single(), Is.EqualTo(new MarketCapEntry { Id = "a", Ticker = "a", Price = 0.00000000000123456m, CirculatingSupply = 0 }));
    }

    [Test]
    public void ReadRows_RowsOfNobody_LeaveTheOthersAlone()
    {
        var rows = Read("""[{"id":"a","symbol":"a"},{"symbol":"x"},{"id":"b"},7]""");

        Assert.That(rows.Rows.Select(row => row.Id), Is.EqualTo(new[] { "a" }));
        Assert.That(rows.LeftOut.Select(row => row.ToString()), Is.EqualTo(new[]
        {
            "row 1: its id is not a text of up to 128 characters", "row 2 (b): its ticker is not a text of up to 128 characters", "row 3: it is Number, not an object",
        }));
    }

    [TestCase("\"market_cap\":\"many\",\"current_price\":1", "market_cap 'many' is not a number")]
    [TestCase("\"market_cap\":\"NaN\",\"current_price\":1", "market_cap 'NaN' is not a number")]
    [TestCase("\"market_cap\":1e40,\"current_price\":1", "market_cap '1e40' has more digits than a decimal holds")]
    [TestCase("\"market_cap\":-1,\"current_price\":1", "its market capitalisation -1 is less than zero")]
    [TestCase("\"market_cap\":5,\"current_price\":-2", "its price -2 is less than zero")]
    [TestCase("\"market_cap\":5,\"current_price\":{\"usd\":2}", "current_price")]
    public void ReadRows_FiguresThatCannotBeUsed_AreNoneAndSayWhy(string figures, string fault)
    {
        var row = Read($$"""[{"id":"b","symbol":"b","name":"B","circulating_supply":7,{{figures}}}]""").Rows.Single();

        Assert.That((row.Id, row.MarketCap, row.Price, row.CirculatingSupply), Is.EqualTo(("b", (decimal?)null, (decimal?)null, (decimal?)null)));
        Assert.That(row.Fault, Does.StartWith("the source's row cannot be used: ").And.Contain(fault));
    }

    [Test]
    public void ReadRows_NumbersInOtherForms_AreTheSameNumbers()
    {
        var row = Read("""[{"id":"b","symbol":"b","market_cap":1.2e12,"current_price":"60000.50","market_cap_rank":1e30,"circulating_supply":"lots"}]""").Rows.Single();

        Assert.That((row.MarketCap, row.Price, row.Rank, row.CirculatingSupply, row.Fault), Is.EqualTo(((decimal?)1_200_000_000_000m, (decimal?)60_000.5m, (int?)null, (decimal?)null, (string?)null)));
    }

    [TestCase("""{"status":{"error_code":429}}""")]
    [TestCase("""[{"a":1},{"b":2}]""")]
    public void ReadRows_AnotherShape_IsAnErrorThatNamesTheSender(string body) =>
        Assert.That(() => Read(body), Throws.TypeOf<OkxPayloadException>().With.Message.StartsWith("CoinGecko sent "));

    [Test]
    public void ReadRows_CoinPaprika_ReadsTheNestedFigures()
    {
        var reader = new Utf8JsonReader("""[{"id":"btc-bitcoin","symbol":"BTC","name":"Bitcoin","rank":1,"quotes":{"EUR":{"price":9},"USD":{"price":50,"market_cap":1001}}},{"id":"x-x","symbol":"X","rank":0,"quotes":null}]"""u8);
        reader.Read();

        Assert.That(CoinPaprikaWire.ReadRows(ref reader).Rows, Is.EqualTo(new[]
        {
            new MarketCapEntry { Id = "btc-bitcoin", Ticker = "BTC", Name = "Bitcoin", Rank = 1, Price = 50, MarketCap = 1001, CirculatingSupply = 20 },
            new MarketCapEntry { Id = "x-x", Ticker = "X" },
        }));
    }

    private static ReplyRows<MarketCapEntry> Read(string body)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
        reader.Read();
        return CoinGeckoWire.ReadRows(ref reader);
    }
}
