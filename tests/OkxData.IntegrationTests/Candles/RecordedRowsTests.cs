using System.Globalization;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Testing;
using OkxData.TestProcess;
using OkxData.Tests;
using OkxData.Time;

namespace OkxData.IntegrationTests.Candles;

/// <summary>Every row of every recorded file: simulator → client → file → a second client that has no network.</summary>
[TestFixture(CandleFormat.Parquet)]
[TestFixture(CandleFormat.Json)]
public sealed class RecordedRowsTests(CandleFormat format)
{
    private OkxSimulator _simulator = null!;
    private string _cache = null!;
    private string _recorded = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _recorded = RecordedData.PathOf("candles");
        _cache = Directory.CreateTempSubdirectory("okxdata-recorded-").FullName;
        _simulator = await OkxSimulator.StartAsync(options => (options.ReplayFolder, options.Limits.Enabled) = (_recorded, false));
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_simulator is null)
            return; // there is no recording

        await _simulator.DisposeAsync();
        Directory.Delete(_cache, recursive: true);
    }

    [Test]
    public async Task GetCandlesAsync_EveryRecordedRow_ComesBackToTheDigitFromTheCacheAlone()
    {
        var recordings = Directory.GetFiles(_recorded, "*.csv").Select(Recording.Read).ToList();
        Assert.That(recordings.Select(recording => recording.Bar).Distinct(), Is.SupersetOf(new[] { BarSize.OneHour, BarSize.TwelveHours, BarSize.OneDay, BarSize.OneWeek }));

        await using (var online = Client(CacheMode.Normal))
        {
            foreach (var recording in recordings)
            {
                var fetched = await online.GetCandlesAsync(recording.Query);
                recording.AssertHolds(fetched, recording.Finished, DataOrigin.Network);
                var withForming = await online.GetCandlesAsync(recording.Query with { To = null, IncludeUnfinished = true });
                recording.AssertHolds(withForming, recording.All, DataOrigin.Mixed);
            }
        }

        var requests = _simulator.TotalRequests;
        await using (var offline = Client(CacheMode.Offline))
        {
            foreach (var recording in recordings)
                recording.AssertHolds(await offline.GetCandlesAsync(recording.Query), recording.Finished, DataOrigin.Cache);
        }

        Assert.That(_simulator.TotalRequests, Is.EqualTo(requests));
        await AssertFilesHoldTheFinishedRowsOnlyAsync(recordings);
        TestContext.Out.WriteLine($"{recordings.Count} files, {recordings.Sum(recording => recording.Finished.Count)} finished rows, {requests} requests");
    }

    private async Task AssertFilesHoldTheFinishedRowsOnlyAsync(List<Recording> recordings)
    {
        var codec = CandleCodecs.For(format);
        var stored = new List<CandleSegment>();
        foreach (var file in Directory.GetFiles(_cache, $"*{codec.Extension}", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith('.')))
            stored.Add(await codec.DecodeAsync(await File.ReadAllBytesAsync(file), default));

        foreach (var recording in recordings)
        {
            var rows = stored.Where(segment => (segment.Symbol, segment.Bar) == (recording.Symbol, recording.Bar)).SelectMany(segment => segment.Candles.ToArray()).ToList();
            Assert.That(rows, Has.Count.EqualTo(recording.Finished.Count), recording.Symbol);
            Assert.That(rows.Select(row => row.IsFinished), Has.All.True);
        }
    }

    private OkxMarketClient Client(CacheMode mode) => OkxMarketClient.Create(
        options => (options.Caching.Directory, options.Caching.Mode, options.Caching.CandleFormat) = (_cache, mode, format),
        builder => NoRateLimits.Register(builder.UseSimulator(_simulator)));

    private sealed record Recording(string Symbol, BarSize Bar, IReadOnlyList<decimal[]> All)
    {
        private const int Time = 0;
        private const int Close = 4;
        private const int Volume = 5;
        private const int Confirm = 6;

        // What the replay fills in, by the rule that it states.
        private decimal ContractValue { get; } = Symbol switch { "BTC-USDT-SWAP" or "BNB-USDT-SWAP" => 0.01m, "ADA-USDT-SWAP" => 100m, _ => 1m };

        public IReadOnlyList<decimal[]> Finished { get; } = [.. All.Where(row => row[Confirm] == 1)];

        public CandleQuery Query => new()
        {
            Symbol = Symbol,
            Bar = Bar,
            From = UnixTime.FromMilliseconds((long)Finished[0][Time]),
            To = UnixTime.FromMilliseconds(Bar.ToGrid().Add((long)Finished[^1][Time], 1)),
        };

        public static Recording Read(string file)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            Assert.That(BarSizes.TryParseCode(name[(name.LastIndexOf('.') + 1)..], out var bar), name);
            var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(',').Select(field => decimal.Parse(field, CultureInfo.InvariantCulture)).ToArray());
            return new Recording(name[..name.LastIndexOf('.')], bar, [.. rows]);
        }

        public void AssertHolds(CandleSeries series, IReadOnlyList<decimal[]> rows, DataOrigin origin)
        {
            Assert.That((series.Count, series.Origin), Is.EqualTo((rows.Count, origin)), $"{Symbol} {Bar}");
            for (var i = 0; i < rows.Count; i++)
            {
                var (candle, row) = (series[i], rows[i]);
                decimal?[] figures = [UnixTime.ToMilliseconds(candle.OpenTime), candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.IsFinished ? 1 : 0];
                Assert.That(figures, Is.EqualTo(row), $"{Symbol} {Bar} row {i}");
                Assert.That(candle.QuoteVolume, Is.EqualTo(row[Volume] * row[Close]));
                Assert.That(candle.Contracts * ContractValue, Is.EqualTo(row[Volume]));
            }
        }
    }
}
