using System.IO.Hashing;
using System.Text;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Datasets;

internal sealed class ContentHashTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void ContentHash_CanBeMadeOutsideTheLibrary()
    {
        var series = Series(Candle(0, 42_000.10m) with { Volume = 287506892.157491959m, Contracts = 3.50m }, Candle(1, 1m));
        const string text = "BTC-USDT,1Dutc\n1704067200000,42000.1,42000.1,42000.1,42000.1,287506892.157491959,20,3.5\n1704153600000,1,1,1,1,10,20,\n";

        Assert.That(series.ContentHash, Is.EqualTo(Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(text)))));
    }

    [Test]
    public void ContentHash_SameFiguresWrittenOtherwise_IsTheSame() =>
        Assert.That(Series(Candle(0, 1.50m)).ContentHash, Is.EqualTo(Series(Candle(0, 1.5000m)).ContentHash));

    [Test]
    public void ContentHash_FormingCandle_DoesNotCount() =>
        Assert.That(Series(Candle(0, 1), Candle(1, 2) with { IsFinished = false }).ContentHash, Is.EqualTo(Series(Candle(0, 1)).ContentHash));

    [Test]
    public void ContentHash_AnyFigureOfAnyCandle_Counts()
    {
        var candle = Candle(0, 1);
        Candle[] others =
        [
            candle with { Open = 2 }, candle with { High = 2 }, candle with { Low = 2 }, candle with { Close = 2 }, candle with { Volume = 2 }, candle with { QuoteVolume = 2 },
            candle with { Contracts = 0 }, candle with { Contracts = 1 }, candle with { OpenTime = Start.AddDays(1) }, candle with { Open = -1 }, candle with { Volume = 1, QuoteVolume = 102 },
        ];
        Assert.That(others.Append(candle).Select(one => Series(one).ContentHash), Is.Unique);
        Assert.That(CandleSeries.Create("ETH-USDT", BarSize.OneDay, Whole, [candle]).ContentHash, Is.Not.EqualTo(Series(candle).ContentHash));
    }

    [Test]
    public void ContentHash_LargestFigures_FitTheLine()
    {
        const decimal longest = -0.0000000000000000000000000001m;
        var series = Series(new Candle { OpenTime = Start, Open = decimal.MinValue, High = longest, Low = longest, Close = decimal.MaxValue, Volume = longest, QuoteVolume = longest, Contracts = longest, IsFinished = true });
        Assert.That(series.ContentHash, Has.Length.EqualTo(32));
    }

    internal static UtcRange Whole { get; } = new(Start, Start.AddDays(4000));

    internal static CandleSeries Series(params IEnumerable<Candle> candles) => CandleSeries.Create("BTC-USDT", BarSize.OneDay, Whole, candles);

    internal static Candle Candle(int day, decimal price) => new()
    {
        OpenTime = Start.AddDays(day), Open = price, High = price, Low = price, Close = price, Volume = 10, QuoteVolume = 20, IsFinished = true,
    };
}
