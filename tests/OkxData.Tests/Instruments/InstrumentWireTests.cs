using NUnit.Framework;
using OkxData.Http;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Tests.Http;
using OkxData.Validation;

namespace OkxData.Tests.Instruments;

public sealed class InstrumentWireTests
{
    [Test]
    public void ReadRows_SpotPair_IsMappedToTheDigit()
    {
        var instrument = Read("""{"instType":"SPOT","instId":"BABYDOGE-USDT","baseCcy":"BABYDOGE","quoteCcy":"USDT","settleCcy":"","uly":"","instFamily":"","state":"live","tickSz":"0.000000000001","lotSz":"0.000000001","minSz":"1000000","ctVal":"","ctValCcy":"","listTime":"1734678000123","expTime":"","instCategory":"1","maxIcebergSz":"999999999999999.0000000000000000","instIdCode":2021032621930734,"futureSettlement":false,"tradeQuoteCcyList":["USDT"],"upcChg":[{"param":"tickSz","newValue":"1"}]}""");

        Assert.That(instrument, Is.EqualTo(new Instrument
        {
            Symbol = "BABYDOGE-USDT",
            Type = InstrumentType.Spot,
            BaseCurrency = "BABYDOGE",
            QuoteCurrency = "USDT",
            State = InstrumentState.Live,
            StateText = "live",
            TickSize = 0.000000000001m,
            LotSize = 0.000000001m,
            MinSize = 1_000_000m,
            ListTime = new DateTimeOffset(2024, 12, 20, 7, 0, 0, 123, TimeSpan.Zero),
            Category = InstrumentCategory.Crypto,
        }));
    }

    [Test]
    public void ReadRows_BeforeTheOpening_TakesCurrenciesFromTheSymbol()
    {
        var instrument = Read("""{"instType":"SPOT","instId":"NEW-USDT","baseCcy":"","quoteCcy":"","settleCcy":"","uly":"","instFamily":"","state":"preopen","tickSz":"","lotSz":"","minSz":"","ctVal":"","ctValCcy":"","listTime":"1747897384000","expTime":"","instCategory":"","instIdCode":null}""");

        Assert.That(instrument, Is.EqualTo(new Instrument
        {
            Symbol = "NEW-USDT",
            Type = InstrumentType.Spot,
            BaseCurrency = "NEW",
            QuoteCurrency = "USDT",
            State = InstrumentState.PreOpen,
            StateText = "preopen",
            ListTime = new DateTimeOffset(2025, 5, 22, 7, 3, 4, TimeSpan.Zero),
        }));
    }

    [TestCase("BTC-USD_UM-SWAP", "BTC-USD_UM", "BTC-USD", "BTC", "USD", TestName = "ReadRows_UsdSwap_TakesCurrenciesFromTheFamily")]
    [TestCase("BTC-USDT-SWAP", "", "BTC-USDT", "BTC", "USDT", TestName = "ReadRows_SwapWithoutFamily_TakesCurrenciesFromTheUnderlying")]
    [TestCase("ADA-USD_UM_XPERP-310404", "", "", "ADA", "USD", TestName = "ReadRows_FutureWithoutFamily_TakesCurrenciesFromTheSymbol")]
    public void ReadRows_Derivative_HasCurrencies(string symbol, string family, string underlying, string baseCurrency, string quoteCurrency)
    {
        var instrument = Read($$"""{"instType":"SWAP","instId":"{{symbol}}","baseCcy":"","quoteCcy":"","instFamily":"{{family}}","uly":"{{underlying}}","settleCcy":"USD","ctVal":"0.01","ctValCcy":"BTC","state":"live"}""");

        Assert.That((instrument.BaseCurrency, instrument.QuoteCurrency), Is.EqualTo((baseCurrency, quoteCurrency)));
        Assert.That((instrument.SettleCurrency, instrument.ContractValue, instrument.ContractValueCurrency), Is.EqualTo(("USD", 0.01m, "BTC")));
    }

    [TestCase("live", InstrumentState.Live)]
    [TestCase("suspend", InstrumentState.Suspended)]
    [TestCase("rebase", InstrumentState.Rebasing)]
    [TestCase("post_only", InstrumentState.PostOnly)]
    [TestCase("preopen", InstrumentState.PreOpen)]
    [TestCase("test", InstrumentState.Test)]
    [TestCase("settling", InstrumentState.Settling)]
    [TestCase("expired", InstrumentState.Expired)]
    [TestCase("hibernating", InstrumentState.Unknown)]
    [TestCase("", InstrumentState.Unknown)]
    public void ReadRows_State_IsMappedAndItsWordKept(string word, InstrumentState state)
    {
        var instrument = Read($$"""{"instId":"TEST01-USDT-SWAP","state":"{{word}}"}""");

        Assert.That((instrument.State, instrument.StateText), Is.EqualTo((state, word)));
    }

    [TestCase("\"1\"", InstrumentCategory.Crypto)]
    [TestCase("3", InstrumentCategory.Stock)]
    [TestCase("\"4\"", InstrumentCategory.Commodity)]
    [TestCase("\"5\"", InstrumentCategory.Forex)]
    [TestCase("\"6\"", InstrumentCategory.Bond)]
    [TestCase("\"2\"", InstrumentCategory.Unknown)]
    [TestCase("\"\"", InstrumentCategory.Unknown)]
    [TestCase("null", InstrumentCategory.Unknown)]
    public void ReadRows_Category_IsMapped(string value, InstrumentCategory category) =>
        Assert.That(Read($$"""{"instId":"A-B","instCategory":{{value}}}""").Category, Is.EqualTo(category));

    [TestCase("\"instType\":\"FUTURES\",", InstrumentType.Futures)]
    [TestCase("\"instType\":\"MARGIN\",", InstrumentType.Margin)]
    [TestCase("\"instType\":\"EVENTS\",", InstrumentType.Unknown)]
    [TestCase("", InstrumentType.Spot)]
    public void ReadRows_Type_IsTheRowsOwnOrTheOneAskedFor(string field, InstrumentType type) =>
        Assert.That(Read($$"""{{{field}}"instId":"A-B"}""").Type, Is.EqualTo(type));

    [Test]
    public void ReadRows_PlannedDelisting_HasAnExpiry() =>
        Assert.That(Read("""{"instId":"A-B","expTime":"1780000000000"}""").ExpiryTime, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1_780_000_000_000)));

    [TestCase("""{"state":"live"}""", "row 1: instId is missing")]
    [TestCase("""{"instId":""}""", "row 1: instId is missing")]
    [TestCase("""{"instId":"A B"}""", "row 1 (A B): instId is not a name of up to 64 characters")]
    [TestCase("""{"instId":"BTC-USDT","tickSz":"1e-29"}""", "row 1 (BTC-USDT): tickSz '1e-29' has more digits than a decimal holds")]
    [TestCase("""{"tickSz":"one","instId":"BTC-USDT"}""", "row 1 (BTC-USDT): tickSz 'one' is not a number")]
    [TestCase("""{"instId":"BTC-USDT","listTime":"soon"}""", "row 1 (BTC-USDT): listTime 'soon' is not an instant in Unix milliseconds")]
    [TestCase("""{"instId":["BTC-USDT"]}""", "row 1: instId (StartArray) is not a text")]
    public void ReadRows_BadRow_IsLeftOutAndNamed(string row, string told)
    {
        var reply = ReadRows($$"""[{"instId":"A-B"},{{row}},{"instId":"C-D"}]""");

        Assert.That(reply.Rows.Select(kept => kept.Symbol), Is.EqualTo(new[] { "A-B", "C-D" }));
        Assert.That(reply.LeftOut.Single().ToString(), Is.EqualTo(told));
        Assert.That(reply.LeftOut.Single().Refusal.Rule, Is.EqualTo(ValidationRules.InstrumentBrokenRow));
    }

    private static Instrument Read(string row) => ReadRows($"[{row}]").Rows.Single();

    private static ReplyRows<Instrument> ReadRows(string data) =>
        Replies.ReadData(data, (ref reader) => InstrumentWire.ReadRows(ref reader, InstrumentType.Spot));
}
