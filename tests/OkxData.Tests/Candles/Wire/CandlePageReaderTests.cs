using System.Text;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Candles.Wire;
using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Tests.Candles.Wire;

[TestFixture]
public sealed partial class CandlePageReaderTests
{
    private const string GoodRow = """["1785254400000","4","6","3","5","10","20","30","1"]""";

    [Test]
    public void Read_SpotReply_TakesVolumeInBaseAndQuoteWithoutContracts()
    {
        var page = CandleReplies.Read(CandleReplies.Spot);

        Assert.That(page.BrokenRows, Is.Empty);
        Assert.That(page.Candles.ToArray(), Is.EqualTo(new[]
        {
            new Candle
            {
                OpenTime = new(2026, 7, 29, 16, 0, 0, TimeSpan.Zero), Open = 63972.4m, High = 64011.7m, Low = 63900.8m, Close = 63976m,
                Volume = 53.44396732m, QuoteVolume = 3417848.682242563m, Contracts = null, IsFinished = false,
            },
            new Candle
            {
                OpenTime = new(2026, 7, 28, 16, 0, 0, TimeSpan.Zero), Open = 63923.4m, High = 64751.6m, Low = 63504.2m, Close = 63972.4m,
                Volume = 4481.85464847m, QuoteVolume = 287506892.157491959m, Contracts = null, IsFinished = true,
            },
        }));
    }

    [Test]
    public void Read_SwapReply_TakesContractsAndVolumeInBase()
    {
        var candle = CandleReplies.Read(CandleReplies.Swap, isDerivative: true).Candles.Span[0];

        Assert.That(candle.Contracts, Is.EqualTo(1040.37m));
        Assert.That(candle.Volume, Is.EqualTo(10.4037m));
        Assert.That(candle.QuoteVolume, Is.EqualTo(1069603.34883m));
    }

    [Test]
    public void Read_TrailingZeros_AreDropped() =>
        Assert.That(CandleReplies.Read(CandleReplies.Spot).Candles.Span[1].Low.ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo("63504.2"));

    [Test]
    public void Read_EmptyData_IsAnEmptyPage()
    {
        var page = CandleReplies.Read(CandleReplies.OfRows());

        Assert.That(page.Candles.Length, Is.Zero);
        Assert.That(page.BrokenRows, Is.Empty);
    }

    [Test]
    public void Read_Data_LeavesTheReaderOnItsLastToken()
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"[[{GoodRow}],7]"));
        reader.Read();
        reader.Read();

        CandlePageReader.Read(ref reader, isDerivative: false);

        Assert.That(reader.TokenType, Is.EqualTo(JsonTokenType.EndArray));
        Assert.That(reader.CurrentDepth, Is.EqualTo(1));
        Assert.That(reader.Read() && reader.GetInt32() == 7, Is.True);
    }

    [TestCase("\"4\"", "\"6\"", "\"3\"", "\"5\"", "\"1\"")]
    [TestCase("4", "6.0", "3", "0.5e1", "1")]
    [TestCase("\"\\u0034\"", "\"6\\u002E0\"", "\"\\u0033\\u002e0\"", "\"05E0\"", "\"\\u0031\"")]
    public void Read_FiguresHoweverWritten_AreTheSame(string open, string high, string low, string close, string confirm)
    {
        var page = CandleReplies.Read(CandleReplies.OfRow("1785254400000", open, high, low, close, "\"10\"", "\"20\"", "\"30\"", confirm));

        Assert.That(page.BrokenRows, Is.Empty);
        Assert.That(page.Candles.Span[0], Is.EqualTo(CandleReplies.Read(CandleReplies.OfRows(GoodRow)).Candles.Span[0]));
    }

    [Test]
    public void Read_BodyInPieces_IsTheSame()
    {
        var body = Encoding.UTF8.GetBytes($"[{GoodRow}]");
        var reader = new Utf8JsonReader(Pieces.Of(body, 3));
        reader.Read();

        var page = CandlePageReader.Read(ref reader, isDerivative: true);

        Assert.That(page.Candles.ToArray(), Is.EqualTo(CandleReplies.Read(CandleReplies.OfRows(GoodRow), isDerivative: true).Candles.ToArray()));
    }

    [Test]
    public void Read_MoreThanNineFields_IgnoresTheRest()
    {
        var page = CandleReplies.Read(CandleReplies.OfRow([.. CandleReplies.FieldsWith(8, "\"1\""), "[[\"x\"],{}]", "null", "\"\""]));

        Assert.That(page.BrokenRows, Is.Empty);
        Assert.That(page.Candles.Span[0].IsFinished, Is.True);
    }

    [TestCase(1785254400000L, 1)]
    [TestCase(-62_135_596_800_000L, 1)]
    [TestCase(253_402_300_799_999L, 1)]
    [TestCase(-62_135_596_800_001L, 0)]
    [TestCase(253_402_300_800_000L, 0)]
    public void Read_OpeningTime_IsTakenWhereAnInstantCanHoldIt(long milliseconds, int expected)
    {
        var page = CandleReplies.Read(CandleReplies.OfRow(CandleReplies.FieldsWith(0, $"\"{milliseconds}\"")));

        Assert.That(page.Candles.Length, Is.EqualTo(expected));
        Assert.That(page.BrokenRows, Has.Count.EqualTo(1 - expected));
    }

    [Test]
    public void Read_MoreRowsThanAPoolGives_KeepsEveryRowInOrder()
    {
        var rows = Enumerable.Range(0, CandlePageReader.MaxRows).Select(i => GoodRow.Replace("1785254400000", $"{1785254400000 - i}", StringComparison.Ordinal));

        var page = CandleReplies.Read(CandleReplies.OfRows(rows));

        Assert.That(page.Candles.ToArray().Select(candle => 1785254400000 - candle.OpenTime.ToUnixTimeMilliseconds()),
            Is.EqualTo(Enumerable.Range(0, CandlePageReader.MaxRows)));
    }

    [TestCase(GoodRow)]
    [TestCase("[]")]
    public void Read_MoreRowsThanAllowed_Throws(string row)
    {
        var body = CandleReplies.OfRows(Enumerable.Repeat(row, CandlePageReader.MaxRows + 1));

        Assert.That(() => CandleReplies.Read(body), Throws.TypeOf<OkxPayloadException>().With.Property(nameof(OkxPayloadException.Path)).EqualTo("data[2000]"));
    }

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("\"\"")]
    [TestCase("5")]
    [TestCase("true")]
    public void Read_DataThatIsNoArray_Throws(string data) =>
        Assert.That(() => CandleReplies.Read($$"""{"code":"0","data":{{data}}}"""),
            Throws.TypeOf<OkxPayloadException>().With.Property(nameof(OkxPayloadException.Path)).EqualTo("data"));

    [TestCase("")]
    [TestCase("[")]
    [TestCase("""[["1785254400000","4" """)]
    [TestCase("""[["1785254400000","4"}]""")]
    [TestCase("""[["1785254400000",NaN]]""")]
    [TestCase("""[{"a":[1,2""")]
    public void Read_MalformedJson_ThrowsJsonException(string data) =>
        Assert.That(() => CandleReplies.Read("{\"code\":\"0\",\"data\":" + data), Throws.InstanceOf<JsonException>());

    [Test]
    public void Read_RecordedReply_IsReadToTheDigit()
    {
        var body = RecordedData.ReadBytes("payloads", "candles-1D-forming.json");

        var page = CandleReplies.Read(body);

        using var document = JsonDocument.Parse(body);
        var rows = document.RootElement.GetProperty("data").EnumerateArray().Select(row => row.EnumerateArray().Select(field => field.GetString()!).ToArray()).ToList();
        Assert.That(page.BrokenRows, Is.Empty);
        Assert.That(page.Candles.Length, Is.EqualTo(rows.Count).And.GreaterThan(0));
        Assert.That(page.Candles.ToArray().Select(Texts), Is.EqualTo(rows.Select(row => new[] { row[0], row[1], row[2], row[3], row[4], row[5], row[7], row[8] })));
    }

    private static string[] Texts(Candle candle) =>
    [
        Text(candle.OpenTime.ToUnixTimeMilliseconds()), Text(candle.Open), Text(candle.High), Text(candle.Low), Text(candle.Close),
        Text(candle.Volume), Text(candle.QuoteVolume), candle.IsFinished ? "1" : "0",
    ];

    private static string Text(IFormattable value) => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
