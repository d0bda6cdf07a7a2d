using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Tests.Http;

namespace OkxData.Tests.Instruments;

/// <summary>Every row that OKX really sent is understood, and no figure changes.</summary>
public sealed class RecordedInstrumentTests
{
    [TestCase("instruments-spot.json", InstrumentType.Spot, 1_218)]
    [TestCase("instruments-swap.json", InstrumentType.Swap, 312)]
    [TestCase("instruments-spot-demo.json", InstrumentType.Spot, 13)]
    [TestCase("instruments-spot-2022-05-13.json", InstrumentType.Spot, 513)]
    public void ReadRows_RecordedReply_IsUnderstoodToTheDigit(string file, InstrumentType type, int count)
    {
        var bytes = RecordedData.ReadBytes("payloads", file);
        using var document = JsonDocument.Parse(bytes);

        var reply = Replies.ReadReply(bytes, (ref reader) => InstrumentWire.ReadRows(ref reader, type));

        Assert.That(reply.LeftOut, Is.Empty);
        Assert.That(reply.Rows, Has.Count.EqualTo(count));
        foreach (var (sent, instrument) in document.RootElement.GetProperty("data").EnumerateArray().Zip(reply.Rows))
            AssertSame(sent, instrument, type);
    }

    private static void AssertSame(JsonElement sent, Instrument instrument, InstrumentType type)
    {
        var symbol = sent.GetProperty("instId").GetString()!;
        var parts = symbol.Split('-', '_');
        Assert.Multiple(() =>
        {
            Assert.That(instrument.Symbol, Is.EqualTo(symbol));
            Assert.That(instrument.Type, Is.EqualTo(type), symbol);
            Assert.That(instrument.StateText, Is.EqualTo(Text(sent, "state")), symbol);
            Assert.That(instrument.State, Is.Not.EqualTo(InstrumentState.Unknown), symbol);
            Assert.That(instrument.BaseCurrency, Is.EqualTo(Text(sent, "baseCcy") ?? parts[0]), symbol);
            Assert.That(instrument.QuoteCurrency, Is.EqualTo(Text(sent, "quoteCcy") ?? parts[1]), symbol);
            Assert.That(instrument.SettleCurrency, Is.EqualTo(Text(sent, "settleCcy")), symbol);
            Assert.That(instrument.ContractValueCurrency, Is.EqualTo(Text(sent, "ctValCcy")), symbol);
            Assert.That(instrument.TickSize, Is.EqualTo(Figure(sent, "tickSz")), symbol);
            Assert.That(instrument.LotSize, Is.EqualTo(Figure(sent, "lotSz")), symbol);
            Assert.That(instrument.MinSize, Is.EqualTo(Figure(sent, "minSz")), symbol);
            Assert.That(instrument.ContractValue, Is.EqualTo(Figure(sent, "ctVal")), symbol);
            Assert.That(instrument.ListTime?.ToUnixTimeMilliseconds(), Is.EqualTo((long?)Figure(sent, "listTime")), symbol);
            Assert.That(instrument.ExpiryTime?.ToUnixTimeMilliseconds(), Is.EqualTo((long?)Figure(sent, "expTime")), symbol);
        });
    }

    private static string? Text(JsonElement sent, string name) =>
        sent.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static decimal? Figure(JsonElement sent, string name) =>
        Text(sent, name) is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
}
