using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class CandleDefectTests : SimulatorFixture
{
    private static readonly DateTimeOffset Spoilt = DateTimeOffset.FromUnixTimeMilliseconds(Today - 3 * Day);

    [Test]
    public async Task Missing_ARange_RowsAreAbsentAndThePageIsFilledFromBeyond()
    {
        Add(CandleDefectKind.Missing, defect => defect with { To = Spoilt.AddDays(2) });

        Assert.That(await Client.GetOpeningsAsync(Days(3)), Is.EqualTo(new[] { Today - Day, Today - 4 * Day, Today - 5 * Day }));
    }

    [Test]
    public async Task Duplicate_ARow_ComesTwice()
    {
        Add(CandleDefectKind.Duplicate);
        var rows = await Client.GetRowsAsync(Days(5));

        Assert.That(rows[3], Is.EqualTo(rows[2]));
    }

    [Test]
    public async Task ConflictingDuplicate_ARow_ComesTwiceAndDiffers()
    {
        Add(CandleDefectKind.ConflictingDuplicate);
        var rows = await Client.GetRowsAsync(Days(5));

        Assert.That(rows[3][0], Is.EqualTo(rows[2][0]));
        Assert.That(rows[3][5], Is.Not.EqualTo(rows[2][5]));
    }

    [TestCase(1, "")]
    [TestCase(4, "abc")]
    [TestCase(7, "")]
    public async Task BrokenFigure_AColumn_HoldsTheText(int column, string text)
    {
        var right = (await Client.GetRowsAsync(Days(5)))[2];
        Add(CandleDefectKind.BrokenFigure, defect => defect with { Column = column, Text = text });
        var broken = (await Client.GetRowsAsync(Days(5)))[2];

        right[column] = text;
        Assert.That(broken, Is.EqualTo(right));
    }

    [Test]
    public async Task InvalidRows_EachKind_BreakWhatTheySay()
    {
        var right = (await Client.GetRowsAsync(Days(5)))[2];
        Add(CandleDefectKind.HighBelowLow);
        var swapped = (await Client.GetRowsAsync(Days(5)))[2];
        Simulator.ClearDefects();
        Add(CandleDefectKind.ZeroPrice);
        var zero = (await Client.GetRowsAsync(Days(5)))[2];
        Simulator.ClearDefects();
        Add(CandleDefectKind.OffGrid);
        var late = (await Client.GetRowsAsync(Days(5)))[2];

        Assert.That((swapped[2], swapped[3]), Is.EqualTo((right[3], right[2])));
        Assert.That(zero[1..5], Is.All.EqualTo("0"));
        Assert.That(late[0], Is.EqualTo($"{Today - 3 * Day + 1000}"));
    }

    [Test]
    public async Task NoTrade_ADay_IsFlatAtThePreviousClose()
    {
        Add(CandleDefectKind.NoTrade);
        var rows = await Client.GetRowsAsync(Days(5));

        Assert.That(rows[2][1..5], Is.All.EqualTo(rows[3][4]));
        Assert.That(rows[2][5..8], Is.All.EqualTo("0"));
    }

    [Test]
    public async Task ReviseCandle_AClosedOne_ChangesItOnThatBarOnly()
    {
        var (day, hour) = ((await Client.GetRowsAsync(Days(5)))[2], await HourAsync());
        Simulator.ReviseCandle("BTC-USDT", "1Dutc", Spoilt);

        Assert.That((await Client.GetRowsAsync(Days(5)))[2], Is.Not.EqualTo(day));
        Assert.That(await HourAsync(), Is.EqualTo(hour));

        async Task<string> HourAsync() => await Client.GetTextAsync($"{History}?instId=BTC-USDT&bar=1H&limit=1&after={Today - 3 * Day + 1}");
    }

    [Test]
    public async Task Times_Used_TheDataIsWholeAgain()
    {
        var right = await Client.GetTextAsync(Days(5));
        Add(CandleDefectKind.BrokenFigure, defect => defect with { Times = 1 });

        Assert.That(await Client.GetTextAsync(Days(5)), Is.Not.EqualTo(right));
        Assert.That(await Client.GetTextAsync(Days(5)), Is.EqualTo(right));
    }

    [Test]
    public async Task Endpoints_One_TheOtherIsWhole()
    {
        Add(CandleDefectKind.ZeroPrice, defect => defect with { Endpoints = CandleEndpoints.Candles });

        Assert.That((await Client.GetRowsAsync(Days(5)))[2][1], Is.Not.EqualTo("0"));
        Assert.That((await Client.GetRowsAsync(Days(5).Replace(History, Candles, StringComparison.Ordinal)))[3][1], Is.EqualTo("0"));
    }

    [Test]
    public async Task ReuseName_FromADate_AnotherAssetBeginsThere([Values] bool keepsOldRows)
    {
        var before = await Client.GetRowsAsync(Days(5));
        Simulator.ReuseName("BTC-USDT", Spoilt, 1m, keepsOldRows);
        var after = await Client.GetRowsAsync(Days(5));

        Assert.That(after[2][4], Is.Not.EqualTo(before[2][4]));
        Assert.That(decimal.Parse(after[2][4], System.Globalization.CultureInfo.InvariantCulture), Is.LessThan(100m));
        Assert.That(after.Skip(3), Is.EqualTo(keepsOldRows ? before.Skip(3) : []));
        var instrument = (await Client.GetDataAsync($"{SimulatorPaths.Instruments}?instType=SPOT&instId=BTC-USDT"))[0];
        Assert.That(instrument.GetProperty("listTime").GetString(), Is.EqualTo(At(Spoilt)));
    }

    private static string Days(int rows) => $"{History}?instId=BTC-USDT&bar=1Dutc&limit={rows}";

    private void Add(CandleDefectKind kind, Func<CandleDefect, CandleDefect>? change = null)
    {
        var defect = new CandleDefect { Kind = kind, Symbol = "BTC-USDT", Bar = "1Dutc", From = Spoilt };
        Simulator.AddDefect(change?.Invoke(defect) ?? defect);
    }
}
