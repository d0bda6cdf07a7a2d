using NUnit.Framework;
using OkxData.Models;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

public sealed class CandleArgumentTests
{
    [TestCase("")]
    [TestCase("  ")]
    [TestCase("../x")]
    [TestCase("BTC USDT")]
    [TestCase("BTC")]
    [TestCase("BTC-USDT\n")]
    public async Task GetCandlesAsync_BadSymbol_NamesItBeforeAnyRequest(string symbol)
    {
        await using var host = await StartAsync();

        Assert.That(() => { host.Client.GetCandlesAsync(new CandleQuery { Symbol = symbol, From = Today.AddDays(-1) }); }, Throws.InstanceOf<ArgumentException>());
        Assert.That(() => { host.Client.GetCandlesAsync(Days(1, "BTC-USDT", symbol)); }, Throws.InstanceOf<ArgumentException>().With.Message.Contains(symbol.Trim()));
        Assert.That(host.Simulator.TotalRequests, Is.Zero);
        Assert.That(Directory.EnumerateFileSystemEntries(host.Folder), Is.Empty);
    }

    [Test]
    public async Task GetCandlesAsync_OverLongSymbol_SaysHowLong()
    {
        await using var host = await StartAsync();

        Assert.That(() => { host.Client.GetCandlesAsync(new CandleQuery { Symbol = new string('A', 500) + "-USDT", From = Today.AddDays(-1) }); },
            Throws.ArgumentException.With.Message.Contains("505"));
    }

    [Test]
    public async Task GetCandlesAsync_BadRangeOrBar_NamesTheValue()
    {
        await using var host = await StartAsync();
        var query = new CandleQuery { Symbol = "BTC-USDT", From = Today, To = Today };

        Assert.That(() => { host.Client.GetCandlesAsync(query); }, Throws.ArgumentException.With.Message.Contains("2026-06-15"));
        Assert.That(() => { host.Client.GetCandlesAsync(query with { To = Today.AddDays(-1) }); }, Throws.ArgumentException.With.Message.Contains("2026-06-14"));
        Assert.That(() => { host.Client.GetCandlesAsync(query with { From = Now.AddYears(3), To = null }); }, Throws.ArgumentException.With.Message.Contains("2029"));
        Assert.That(() => { host.Client.GetCandlesAsync(query with { From = Today.AddDays(-1), Bar = (BarSize)99 }); }, Throws.ArgumentException.With.Message.Contains("99"));
        Assert.That(() => { host.Client.GetCandlesAsync((CandleQuery)null!); }, Throws.ArgumentNullException);
        Assert.That(() => { host.Client.GetCandlesAsync(Days(1)); }, Throws.ArgumentException.With.Message.Contains("Symbols"));
        Assert.That(host.Simulator.TotalRequests, Is.Zero);
    }

    [Test]
    public async Task GetCandlesAsync_OneSymbolInManySpellings_IsFetchedOnce()
    {
        await using var host = await StartAsync();

        var batch = await host.Client.GetCandlesAsync(Days(10, "BTC-USDT", "btc-usdt", "Btc/Usdt"));

        Assert.That(batch.Series.Keys, Is.EqualTo(new[] { "BTC-USDT" }));
        Assert.That(host.PageRequests, Is.EqualTo(1));
    }

    [Test]
    public async Task GetCandlesAsync_RangeOffTheGrid_HoldsTheBarsThatOpenInIt()
    {
        await using var host = await StartAsync();
        var from = Today.AddDays(-5).AddMinutes(1).ToOffset(TimeSpan.FromHours(9));
        var to = Today.AddDays(-2).AddTicks(1);

        var series = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = from, To = to });

        Assert.That(series.Select(candle => candle.OpenTime), Is.EqualTo(new[] { Today.AddDays(-4), Today.AddDays(-3), Today.AddDays(-2) }));
        Assert.That(series.Select(candle => candle.OpenTime.Offset), Has.All.EqualTo(TimeSpan.Zero));
        Assert.That(series.Coverage.Expected, Is.EqualTo(3));
    }

    [Test]
    public async Task GetCandlesAsync_RangeInsideOneBar_IsEmptyAndCostsNothing()
    {
        await using var host = await StartAsync();

        var series = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Today.AddHours(-20), To = Today.AddHours(-10) });

        Assert.That((series.Count, series.Coverage.Expected, host.Simulator.TotalRequests), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task GetCandlesAsync_CacheFolderBelowAFile_WarnsOnceAndAnswers()
    {
        var file = Path.GetTempFileName();
        try
        {
            await using var host = await StartAsync(client: options => options.Caching.Directory = Path.Combine(file, "cache"));

            var batch = await host.Client.GetCandlesAsync(Days(400, "BTC-USDT", "ETH-USDT"));

            Assert.That(batch.Series.Values.Select(series => series.Count), Has.All.EqualTo(400));
            var warnings = host.Log.GetSnapshot().Where(record => record.Level >= Microsoft.Extensions.Logging.LogLevel.Warning).ToList();
            Assert.That(warnings, Has.Count.EqualTo(1), string.Join("\n", warnings.Select(record => record.Message)));
            Assert.That(warnings[0].Message, Does.Contain(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
