using NUnit.Framework;
using OkxData.Candles;
using OkxData.Candles.History;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.History;

public sealed class SeriesBreakSearchTests
{
    private const long Day = 86_400_000;
    private static readonly BarGrid Grid = BarSize.OneDay.ToGrid();

    [TestCase("10:100 11:100", "12:100 13:110", null, Description = "one asset")]
    [TestCase("10:100 11:100", "12:5", 12, Description = "directly after")]
    [TestCase("10:100 11:100", "12:100 13:5", 13, Description = "one row later")]
    [TestCase("10:100 11:100", "15:5", 15, Description = "after a hole that is known to be one")]
    [TestCase("10:100 11:100", "40:5", null, Description = "after bars that nobody has asked for")]
    [TestCase("10:100 11:100", "9:5", 10, Description = "directly before")]
    [TestCase("10:100 11:100", "8:5 9:100", null, Description = "further down says nothing of what is stored")]
    [TestCase("10:100 20:100", "14:100 15:5 16:5", 15, Description = "in a hole between stored rows")]
    [TestCase("10:100 20:100", "11:5", 11, Description = "at the lower edge of a hole")]
    [TestCase("10:100 20:100", "19:5", 19, Description = "a row alone in a hole")]
    [TestCase("10:100 20:5", "11:100 19:100", 20, Description = "at the upper edge of a hole")]
    [TestCase("", "1:100 2:5", null, Description = "nothing is stored")]
    public void Find_Rows_TellsTheRowAfterTheBreak(string stored, string received, int? expected)
    {
        var search = new SeriesBreakSearch(Grid, Rows(stored), IntervalSet.Of(new Interval(0, 30 * Day)));

        Assert.That(search.Find([Rows(received)])?.After.OpenTime.ToUnixTimeMilliseconds() / Day, Is.EqualTo(expected));
        Assert.That(search.Find(Rows(received).ToArray().Reverse().Select(row => (ReadOnlyMemory<Candle>)new[] { row }))?.After.OpenTime.ToUnixTimeMilliseconds() / Day, Is.EqualTo(expected), "each row in a reply of its own, in any order");
    }

    private static ReadOnlyMemory<Candle> Rows(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(':')).Select(part => new Candle
    {
        OpenTime = DateTimeOffset.FromUnixTimeMilliseconds(Number(part[0]) * Day),
        Open = Number(part[1]), High = Number(part[1]), Low = Number(part[1]), Close = Number(part[1]),
        Volume = 1, QuoteVolume = 1, IsFinished = true,
    }).ToArray();

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
