using System.Text.Json;
using OkxData.Testing;

using NUnit.Framework;

namespace OkxData.IntegrationTests.Simulator;

public sealed class CandlePagingTests : SimulatorFixture
{
    [Test]
    public async Task Candles_NoCursor_NewestHundredWithTheFormingFirst()
    {
        var rows = await Client.GetRowsAsync($"{Candles}?instId=BTC-USDT&bar=1Dutc");

        Assert.That(rows, Has.Length.EqualTo(100));
        Assert.That(rows[0][0], Is.EqualTo($"{Today}"));
        Assert.That(rows.Select(row => row[8]), Is.EqualTo(Enumerable.Repeat("1", 99).Prepend("0")));
        Assert.That(rows.Select(row => row.Length), Is.All.EqualTo(9));
        Assert.That(rows.Select(row => row[0]), Is.Ordered.Descending);
    }

    [Test]
    public async Task Candles_After_OlderThanTheCursorWithoutIt()
    {
        var openings = await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USDT&bar=1Dutc&limit=2&after={Today - 5 * Day}");

        Assert.That(openings, Is.EqualTo(new[] { Today - 6 * Day, Today - 7 * Day }));
    }

    [Test]
    public async Task Candles_BeforeAlone_NewestRowsNotTheNext()
    {
        var openings = await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USDT&bar=1Dutc&limit=2&before={Today - 50 * Day}");

        Assert.That(openings, Is.EqualTo(new[] { Today, Today - Day }));
    }

    [Test]
    public async Task Candles_BothCursors_BothExclusive()
    {
        var openings = await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USDT&bar=1Dutc&after={Today - Day}&before={Today - 4 * Day}");

        Assert.That(openings, Is.EqualTo(new[] { Today - 2 * Day, Today - 3 * Day }));
    }

    [Test]
    public async Task Candles_CursorsOffTheGrid_StillExact()
    {
        var openings = await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USDT&bar=1Dutc&after={Today - Day + 1}&before={Today - 3 * Day - 1}");

        Assert.That(openings, Is.EqualTo(new[] { Today - Day, Today - 2 * Day, Today - 3 * Day }));
    }

    [TestCase(301, 300)]
    [TestCase(9999, 300)]
    [TestCase(7, 7)]
    public async Task Candles_Limit_ClampedAtThreeHundred(int limit, int expected)
    {
        Assert.That(await Client.GetOpeningsAsync($"{History}?instId=BTC-USDT&bar=1H&limit={limit}"), Has.Length.EqualTo(expected));
    }

    [Test]
    public async Task SetPageCap_OneEndpoint_ClampsOnlyThat()
    {
        Simulator.SetPageCap(History, 100);

        Assert.That(await Client.GetOpeningsAsync($"{History}?instId=BTC-USDT&bar=1H&limit=300"), Has.Length.EqualTo(100));
        Assert.That(await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USDT&bar=1H&limit=300"), Has.Length.EqualTo(300));
    }

    [Test]
    public async Task Candles_OlderThanTheNewest1440_EmptyNotAnError()
    {
        var oldest = Today - 1439 * Day;

        var last = await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USDT&bar=1Dutc&after={oldest + Day}");
        var beyond = await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USDT&bar=1Dutc&after={oldest}");

        Assert.That(last, Is.EqualTo(new[] { oldest }));
        Assert.That(beyond, Is.Empty);
        Assert.That(await Client.GetOpeningsAsync($"{History}?instId=BTC-USDT&bar=1Dutc&after={oldest}&limit=1"), Is.EqualTo(new[] { oldest - Day }));
    }

    [Test]
    public async Task Candles_ClockPassesMidnight_OldestBarSlidesOut()
    {
        var oldest = Today - 1439 * Day;
        var query = $"{Candles}?instId=BTC-USDT&bar=1Dutc&after={oldest + 1}";
        Assert.That(await Client.GetOpeningsAsync(query), Is.EqualTo(new[] { oldest }));

        Clock.Advance(TimeSpan.FromHours(12));

        Assert.That(await Client.GetOpeningsAsync(query), Is.Empty);
    }

    [Test]
    public async Task History_ByDefault_ServesNoForming()
    {
        var rows = await Client.GetRowsAsync($"{History}?instId=BTC-USDT&bar=1Dutc");

        Assert.That(rows[0][0], Is.EqualTo($"{Today - Day}"));
        Assert.That(rows.Select(row => row[8]), Is.All.EqualTo("1"));
    }

    [Test]
    public async Task History_WithLag_RecentBarsAreAbsent()
    {
        Simulator.HistoryLag = TimeSpan.FromMinutes(90);

        var openings = await Client.GetOpeningsAsync($"{History}?instId=BTC-USDT&bar=1H&limit=1");

        Assert.That(openings, Is.EqualTo(new[] { Today + 9 * Hour }));
    }

    [Test]
    public async Task Pages_BothEndpointsFollowedToTheListing_MeetWithoutHoleOrRepeat()
    {
        var listed = new DateTimeOffset(2018, 1, 11, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var openings = new List<long>();
        for (var cursor = long.MaxValue; ;)
        {
            var page = await Client.GetOpeningsAsync($"{History}?instId=BTC-USDT&bar=1Dutc&limit=300&after={cursor}");
            if (page.Length == 0)
                break;
            openings.AddRange(page);
            cursor = page[^1];
        }

        var expected = Enumerable.Range(1, (int)((Today - listed) / Day)).Select(day => Today - day * Day);
        Assert.That(openings, Is.EqualTo(expected));
    }

    [TestCase("bar=1Dutc", "instId")]
    [TestCase("instId=BTC-USDT&bar=1d", "bar")]
    [TestCase("instId=BTC-USDT&bar=4Hutc", "bar")]
    [TestCase("instId=BTC-USDT&after=yesterday", "after")]
    [TestCase("instId=BTC-USDT&before=-5", "before")]
    [TestCase("instId=BTC-USDT&limit=0", "limit")]
    public async Task Candles_WrongParameter_51000WithHttp400(string query, string parameter)
    {
        using var response = await Client.GetAsync($"{Candles}?{query}");
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(body.RootElement.GetProperty("code").GetString(), Is.EqualTo("51000"));
        Assert.That(body.RootElement.GetProperty("msg").GetString(), Does.Contain(parameter));
    }

    [Test]
    public async Task Candles_NoBar_Minutes()
    {
        var openings = await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USDT&limit=2");

        Assert.That(openings, Is.EqualTo(new[] { Today + 12 * Hour, Today + 12 * Hour - Minute }));
    }
}
