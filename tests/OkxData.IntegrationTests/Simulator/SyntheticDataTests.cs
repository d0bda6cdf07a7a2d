using System.Globalization;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SyntheticDataTests : SimulatorFixture
{
    [TestCase("BTC-USDT", "1Dutc", "1H", Day)]
    [TestCase("BTC-USDT", "1D", "1H", Day)]
    [TestCase("PEPE-USDT", "12H", "1H", 12 * Hour)]
    [TestCase("PEPE-USDT", "1Wutc", "6Hutc", 7 * Day)]
    [TestCase("ETH-USDT-SWAP", "6Hutc", "30m", 6 * Hour)]
    [TestCase("BTC-USDT", "1H", "1m", Hour)]
    [TestCase("BTC-USD-SWAP", "15m", "3m", 15 * Minute)]
    public async Task Bars_LongAndShort_AddUpToTheDigit(string symbol, string longBar, string shortBar, long length)
    {
        var whole = (await Client.GetRowsAsync($"{History}?instId={symbol}&bar={longBar}&limit=1"))[0];
        var opening = long.Parse(whole[0], CultureInfo.InvariantCulture);
        var parts = await Client.GetRowsAsync($"{History}?instId={symbol}&bar={shortBar}&limit=300&before={opening - 1}&after={opening + length}");

        Assert.That(parts[^1][0], Is.EqualTo(whole[0]));
        Assert.That(parts[^1][1], Is.EqualTo(whole[1]));
        Assert.That(parts.Max(row => Number(row[2])), Is.EqualTo(Number(whole[2])));
        Assert.That(parts.Min(row => Number(row[3])), Is.EqualTo(Number(whole[3])));
        Assert.That(parts[0][4], Is.EqualTo(whole[4]));
        Assert.That(parts.Sum(row => Number(row[5])), Is.EqualTo(Number(whole[5])));
    }

    [Test]
    public async Task Bars_EverySymbolAndBar_AreSound([Values("1m", "5m", "1H", "4H", "6H", "6Hutc", "1D", "1Dutc", "1W", "1Wutc", "1M", "1Mutc")] string bar)
    {
        var names = (await Client.GetDataAsync($"{SimulatorPaths.Instruments}?instType=SPOT")).Select(i => i.GetProperty("instId").GetString()!);
        foreach (var name in names)
        {
            foreach (var row in await Client.GetRowsAsync($"{Candles}?instId={name}&bar={bar}&limit=60"))
            {
                var (open, high, low, close) = (Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]));
                Assert.That(low, Is.GreaterThan(0m), name);
                Assert.That(high, Is.GreaterThanOrEqualTo(Math.Max(open, close)), name);
                Assert.That(low, Is.LessThanOrEqualTo(Math.Min(open, close)), name);
                Assert.That(Number(row[5]), Is.GreaterThanOrEqualTo(0m), name);
                Assert.That(Number(row[6]), Is.InRange(Number(row[5]) * low * 0.999999999m, Number(row[5]) * high * 1.000000001m), name);
                Assert.That(row.Skip(1), Is.All.Not.Contain("E").And.All.Not.EndsWith("."), name);
            }
        }
    }

    [Test]
    public async Task Days_UtcAndHongKong_OpenEightHoursApartAndDiffer()
    {
        var utc = await Client.GetRowsAsync($"{History}?instId=BTC-USDT&bar=1Dutc&limit=30");
        var hongKong = await Client.GetRowsAsync($"{History}?instId=BTC-USDT&bar=1D&limit=30");

        Assert.That(utc.Select(row => Time(row) % Day), Is.All.Zero);
        Assert.That(hongKong.Select(row => Time(row) % Day), Is.All.EqualTo(16 * Hour));
        Assert.That(utc.Zip(hongKong).Count(pair => pair.First[4] != pair.Second[4]), Is.GreaterThan(25));
    }

    [TestCase("1Wutc", "2024-06-10T00:00:00")]
    [TestCase("1W", "2024-06-09T16:00:00")]
    [TestCase("1Mutc", "2024-06-01T00:00:00")]
    [TestCase("1M", "2024-05-31T16:00:00")]
    [TestCase("12H", "2024-06-15T04:00:00")]
    [TestCase("12Hutc", "2024-06-15T12:00:00")]
    [TestCase("6H", "2024-06-15T10:00:00")]
    [TestCase("6Hutc", "2024-06-15T12:00:00")]
    public async Task Forming_EveryBar_OpensWhereOkxOpensIt(string bar, string opening)
    {
        var row = (await Client.GetRowsAsync($"{Candles}?instId=BTC-USDT&bar={bar}&limit=1"))[0];

        Assert.That(DateTimeOffset.FromUnixTimeMilliseconds(Time(row)).ToString("s", CultureInfo.InvariantCulture), Is.EqualTo(opening));
        Assert.That(row[8], Is.EqualTo("0"));
    }

    [Test]
    public async Task Forming_TimePasses_GrowsAndThenStands()
    {
        var query = $"{Candles}?instId=BTC-USDT&bar=1H&limit=1&after={Today + 13 * Hour}";
        var forming = (await Client.GetRowsAsync(query))[0];
        Clock.Advance(TimeSpan.FromMinutes(30));
        var later = (await Client.GetRowsAsync(query))[0];
        Clock.Advance(TimeSpan.FromMinutes(30));
        var closed = (await Client.GetRowsAsync(query))[0];
        Clock.Advance(TimeSpan.FromDays(400));

        Assert.That(Number(later[5]), Is.GreaterThan(Number(forming[5])));
        Assert.That(Number(closed[5]), Is.GreaterThan(Number(later[5])));
        Assert.That((forming[8], later[8], closed[8]), Is.EqualTo(("0", "0", "1")));
        Assert.That((await Client.GetRowsAsync($"{History}?instId=BTC-USDT&bar=1H&limit=1&after={Today + 13 * Hour}"))[0], Is.EqualTo(closed));
    }

    [Test]
    public async Task Volumes_SpotAndDerivatives_StandInOkxColumns()
    {
        var spot = (await Client.GetRowsAsync($"{History}?instId=BTC-USDT&bar=1Dutc&limit=1"))[0];
        var swap = (await Client.GetRowsAsync($"{History}?instId=BTC-USDT-SWAP&bar=1Dutc&limit=1"))[0];
        var inverse = (await Client.GetRowsAsync($"{History}?instId=BTC-USD-SWAP&bar=1Dutc&limit=1"))[0];

        Assert.That(spot[7], Is.EqualTo(spot[6]));
        Assert.That(spot[7].Count(char.IsAsciiDigit), Is.InRange(16, 18));
        Assert.That(spot[5].Split('.')[^1], Has.Length.InRange(6, 8));
        Assert.That(Number(swap[6]), Is.EqualTo(Number(swap[5]) * 0.01m));
        Assert.That(Number(swap[7]) / Number(swap[6]), Is.InRange(Number(swap[3]), Number(swap[2])));
        Assert.That(Number(inverse[7]), Is.EqualTo(Number(inverse[5]) * 100m));
        Assert.That(Number(inverse[7]) / Number(inverse[6]), Is.EqualTo(Number(inverse[4])).Within(10).Percent);
    }

    [Test]
    public async Task Seed_SameAndAnother_SameBytesAndOtherBytes()
    {
        await using var same = await OkxSimulator.StartAsync(options => options.Clock = Clock);
        await using var other = await OkxSimulator.StartAsync(options => (options.Clock, options.Seed) = (Clock, 2));
        using var sameClient = new SimulatorClient(same);
        using var otherClient = new SimulatorClient(other);
        foreach (var query in new[] { $"{Candles}?instId=SOL-USDT&bar=5m&limit=300", $"{SimulatorPaths.Tickers}?instType=SPOT", $"{SimulatorPaths.Instruments}?instType=FUTURES" })
        {
            Assert.That(await sameClient.GetTextAsync(query), Is.EqualTo(await Client.GetTextAsync(query)));
            Assert.That(await otherClient.GetTextAsync(query) == await Client.GetTextAsync(query), Is.EqualTo(query.Contains("FUTURES", StringComparison.Ordinal)));
        }
    }

    [Test]
    public async Task Listing_MidDay_FirstBarsArePartialAndNothingIsBefore()
    {
        Simulator.AddSymbol(new SimulatedSymbol { Symbol = "NEW-USDT", ListedAt = new DateTimeOffset(2024, 3, 1, 10, 30, 0, TimeSpan.Zero) });
        var listed = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        var days = await Client.GetRowsAsync($"{History}?instId=NEW-USDT&bar=1Dutc&limit=300");
        var hours = await Client.GetRowsAsync($"{History}?instId=NEW-USDT&bar=1H&limit=300&after={listed + Day}");

        Assert.That(Time(days[^1]), Is.EqualTo(listed));
        Assert.That(hours, Has.Length.EqualTo(14));
        Assert.That(Time(hours[^1]), Is.EqualTo(listed + 10 * Hour));
        Assert.That(hours.Sum(row => Number(row[5])), Is.EqualTo(Number(days[^1][5])));
    }

    private static long Time(string[] row) => long.Parse(row[0], CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
