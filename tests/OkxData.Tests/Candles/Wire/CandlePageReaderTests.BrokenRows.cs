using NUnit.Framework;

namespace OkxData.Tests.Candles.Wire;

public sealed partial class CandlePageReaderTests
{
    [TestCase(0, "\"\"", "the opening time (ts) is empty")]
    [TestCase(0, "\"1785254400000.5\"", "the opening time (ts) is not an instant in Unix milliseconds")]
    [TestCase(0, "1.7e12", "the opening time (ts) is not an instant in Unix milliseconds")]
    [TestCase(0, "\"+1785254400000\"", "the opening time (ts) is not an instant in Unix milliseconds")]
    [TestCase(0, "\" 1785254400000\"", "the opening time (ts) is not an instant in Unix milliseconds")]
    [TestCase(0, "\"99999999999999999999\"", "the opening time (ts) is not an instant in Unix milliseconds")]
    [TestCase(1, "\"\"", "the open (o) is empty")]
    [TestCase(2, "null", "the high (h) is null")]
    [TestCase(3, "\"-\"", "the low (l) is not a number")]
    [TestCase(4, "\"1,000\"", "the close (c) is not a number")]
    [TestCase(4, "\"5 \"", "the close (c) is not a number")]
    [TestCase(4, "\"+5\"", "the close (c) is not a number")]
    [TestCase(4, "\"NaN\"", "the close (c) is not a number")]
    [TestCase(4, "\"\\ud800\"", "the close (c) is not a number")]
    [TestCase(4, "\"5\\n\"", "the close (c) is not a number")]
    [TestCase(5, "[\"1\"]", "the volume (vol) is not a number")]
    [TestCase(5, "{\"a\":[[1]]}", "the volume (vol) is not a number")]
    [TestCase(6, "true", "the volume (volCcy) is not a number")]
    [TestCase(7, "\"79228162514264337593543950336\"", "the quote volume (volCcyQuote) has more digits than a decimal holds")]
    [TestCase(7, "\"0.12345678901234567890123456789\"", "the quote volume (volCcyQuote) has more digits than a decimal holds")]
    [TestCase(7, "\"1e-29\"", "the quote volume (volCcyQuote) has more digits than a decimal holds")]
    [TestCase(8, "\"2\"", "the confirm flag (confirm) is neither 0 nor 1")]
    [TestCase(8, "true", "the confirm flag (confirm) is neither 0 nor 1")]
    [TestCase(8, "\"\"", "the confirm flag (confirm) is empty")]
    public void Read_BadField_SetsTheRowAsideAndGoesOn(int field, string json, string reason)
    {
        var bad = $"[{string.Join(',', CandleReplies.FieldsWith(field, json))}]";

        var page = CandleReplies.Read(CandleReplies.OfRows(GoodRow, bad, GoodRow));

        Assert.That(page.Candles.Length, Is.EqualTo(2));
        Assert.That(page.BrokenRows, Has.Count.EqualTo(1));
        Assert.That(page.BrokenRows[0].Index, Is.EqualTo(1));
        Assert.That(page.BrokenRows[0].Reason, Is.EqualTo(reason));
        Assert.That(page.BrokenRows[0].OpenTime, Is.EqualTo(field == 0 ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(1785254400000)));
    }

    [TestCase("{\"ts\":\"1\"}", "the row is not an array")]
    [TestCase("null", "the row is not an array")]
    [TestCase("\"1785254400000\"", "the row is not an array")]
    [TestCase("[]", "the row ends before its opening time (ts)")]
    [TestCase("[[]]", "the opening time (ts) is not an instant in Unix milliseconds")]
    [TestCase("""["1785254400000","4","6","3","5","10","20","30"]""", "the row ends before its confirm flag (confirm)")]
    [TestCase("""["1785254400000","4","6","3","5","1"]""", "the row ends before its volume (volCcy)")]
    public void Read_RowOfAnotherShape_SetsItAsideAndGoesOn(string row, string reason)
    {
        var page = CandleReplies.Read(CandleReplies.OfRows(row, GoodRow));

        Assert.That(page.Candles.Length, Is.EqualTo(1));
        Assert.That(page.BrokenRows.Select(broken => (broken.Index, broken.Reason)), Is.EqualTo(new[] { (0, reason) }));
    }

    [Test]
    public void Read_FigureOfEndlessLength_SetsTheRowAside()
    {
        var page = CandleReplies.Read(CandleReplies.OfRow(CandleReplies.FieldsWith(4, $"\"{new string('0', 100_000)}1\"")));

        Assert.That(page.BrokenRows.Single().Reason, Is.EqualTo("the close (c) is not a number"));
    }
}
