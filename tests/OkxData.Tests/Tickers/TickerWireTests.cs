using NUnit.Framework;
using OkxData.Http;
using OkxData.Models;
using OkxData.Tests.Http;
using OkxData.Tickers;
using OkxData.Validation;

namespace OkxData.Tests.Tickers;

public sealed class TickerWireTests
{
    private const string Derivative = """{"instType":"SWAP","instId":"BTC-USDT-SWAP","last":"77210.5","bidPx":"77210.4","askPx":"77210.5","open24h":"77000","high24h":"78800.1","low24h":"76500","volCcy24h":"111136.9863","vol24h":"11113698.63","ts":"1787416524064","sodUtc0":"78300","sodUtc8":"76990"}""";

    [Test]
    public void ReadRows_RecordedSpotTicker_IsUnderstoodToTheDigit()
    {
        var reply = Replies.ReadReply(RecordedData.ReadBytes("payloads", "ticker-btc-usdt.json"), (ref reader) => TickerWire.ReadRows(ref reader, InstrumentType.Spot));

        Assert.That(reply.LeftOut, Is.Empty);
        Assert.That(reply.Rows.Single(), Is.EqualTo(new Ticker
        {
            Symbol = "BTC-USDT",
            Price = 77218.1m,
            Volume24h = 652281908.20076346m,
            BaseVolume24h = 8409.04706791m,
            Contracts24h = null,
            Bid = 77218.1m,
            Ask = 77218.2m,
            Open24h = 77323.8m,
            High24h = 78832.2m,
            Low24h = 76515m,
            OpenUtcDay = 78338.1m,
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_787_416_524_064),
        }));
    }

    [Test]
    public void ReadRows_Derivative_HasContractsAndBaseVolumeAndNoQuoteVolume()
    {
        var ticker = ReadRows($"[{Derivative}]", InstrumentType.Swap).Rows.Single();

        Assert.That((ticker.Volume24h, ticker.BaseVolume24h, ticker.Contracts24h), Is.EqualTo(((decimal?)null, 111136.9863m, 11113698.63m)));
    }

    [TestCase(InstrumentType.Spot, "\"instType\":\"SWAP\",", false)]
    [TestCase(InstrumentType.Swap, "\"instType\":\"SPOT\",", true)]
    [TestCase(InstrumentType.Spot, "\"instType\":\"\",", true)]
    [TestCase(InstrumentType.Swap, "", false)]
    [TestCase(InstrumentType.Futures, "\"instType\":\"NOVEL\",", false)]
    public void ReadRows_Units_FollowTheRowsOwnTypeOrTheOneAskedFor(InstrumentType asked, string field, bool isSpot)
    {
        var ticker = ReadRows($$"""[{{{field}}"instId":"A-B","last":"1","ts":"0","vol24h":"5","volCcy24h":"7"}]""", asked).Rows.Single();

        Assert.That((ticker.Volume24h, ticker.BaseVolume24h, ticker.Contracts24h), Is.EqualTo(isSpot ? ((decimal?)7m, (decimal?)5m, (decimal?)null) : (null, 7m, 5m)));
    }

    [Test]
    public void ReadRows_EmptyFigures_AreNull() =>
        Assert.That(ReadRows("""[{"instType":"SPOT","instId":"A-B","last":"1.10","lastSz":"","askPx":"","bidPx":"","open24h":"","high24h":"","low24h":"","volCcy24h":"","vol24h":"","sodUtc0":"","ts":"1000"}]""").Rows.Single(),
            Is.EqualTo(new Ticker { Symbol = "A-B", Price = 1.1m, Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_000) }));

    [Test]
    public void ReadRows_FieldsInAnotherOrderWithNewOnes_IsTheSame() =>
        Assert.That(ReadRows("""[{"ts":1000,"new":[{"last":"9"}],"sodUtc0":"3","last":1.10,"instId":"A-B"}]""").Rows.Single(),
            Is.EqualTo(new Ticker { Symbol = "A-B", Price = 1.1m, OpenUtcDay = 3m, Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_000) }));

    [Test]
    public void ReadRows_CrossedBook_IsKept() =>
        Assert.That(ReadRows("""[{"instId":"A-B","last":"10","bidPx":"12","askPx":"11","ts":"0"}]""").Rows.Single(), Has.Property(nameof(Ticker.Bid)).EqualTo(12m));

    [TestCase("""{"instId":"X-Y","last":"","ts":"0"}""", ValidationRules.TickerNoPrice, "row 1 (X-Y): last is empty: nothing was traded yet")]
    [TestCase("""{"instId":"X-Y","ts":"0"}""", ValidationRules.TickerNoPrice, "row 1 (X-Y): last is empty: nothing was traded yet")]
    [TestCase("""{"instId":"X-Y","last":"0","ts":"0"}""", ValidationRules.TickerNonPositivePrice, "row 1: X-Y 1970-01-01T00:00:00Z: the price 0 is zero or less")]
    [TestCase("""{"instId":"X-Y","last":"-1.5","ts":"0"}""", ValidationRules.TickerNonPositivePrice, "row 1: X-Y 1970-01-01T00:00:00Z: the price -1.5 is zero or less")]
    [TestCase("""{"instId":"X-Y","last":"1","ts":"0","volCcy24h":"-2"}""", ValidationRules.TickerNegativeVolume, "row 1: X-Y 1970-01-01T00:00:00Z: a volume is less than zero: -2 in quote currency")]
    [TestCase("""{"instId":"X-Y","last":"1"}""", ValidationRules.TickerBrokenRow, "row 1 (X-Y): ts is missing")]
    [TestCase("""{"last":"1","ts":"0"}""", ValidationRules.TickerBrokenRow, "row 1: instId is missing")]
    [TestCase("""{"instId":"X\tY","last":"1","ts":"0"}""", ValidationRules.TickerBrokenRow, "row 1 (X\tY): instId is not a name of up to 64 characters")]
    [TestCase("""{"instId":"X-Y","last":"1e99","ts":"0"}""", ValidationRules.TickerBrokenRow, "row 1 (X-Y): last '1e99' has more digits than a decimal holds")]
    [TestCase("""{"instId":"X-Y","last":"1","ts":"0","bidPx":"1.5.5"}""", ValidationRules.TickerBrokenRow, "row 1 (X-Y): bidPx '1.5.5' is not a number")]
    [TestCase("17", ValidationRules.TickerBrokenRow, "row 1: it is Number, not an object")]
    public void ReadRows_UselessRow_IsLeftOutAndNamed(string row, string rule, string told)
    {
        var reply = ReadRows($$"""[{"instId":"A-B","last":"1","ts":"0"},{{row}},{"instId":"C-D","last":"1","ts":"0"}]""");

        Assert.That(reply.Rows.Select(kept => kept.Symbol), Is.EqualTo(new[] { "A-B", "C-D" }));
        Assert.That(reply.LeftOut.Single().ToString(), Is.EqualTo(told));
        Assert.That(reply.LeftOut.Single().Refusal.Rule, Is.EqualTo(rule));
    }

    [Test]
    public void ReadRows_AllWithoutAPrice_IsEmptyAndNoError() =>
        Assert.That(ReadRows("""[{"instId":"A-B","last":"","ts":"0"},{"instId":"C-D","last":"","ts":"0"}]""").LeftOut, Has.Count.EqualTo(2));

    private static ReplyRows<Ticker> ReadRows(string data, InstrumentType asked = InstrumentType.Spot) =>
        Replies.ReadData(data, (ref reader) => TickerWire.ReadRows(ref reader, asked));
}
