using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Models;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>A client whose clock is set apart from the system's, against a <see cref="FakeOkx"/>, and a folder that goes with it.</summary>
internal sealed class AdversaryHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 10, 30, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Today = new(2026, 6, 15, 0, 0, 0, TimeSpan.Zero);

    private readonly bool _ownsFolder;

    private AdversaryHost(FakeOkx server, string folder, bool ownsFolder, DateTimeOffset clientNow, Action<OkxMarketDataOptions>? configure)
    {
        (Server, Folder, _ownsFolder) = (server, folder, ownsFolder);
        Clock = new ShiftedClock { Shift = clientNow - TimeProvider.System.GetUtcNow() };
        Client = OkxMarketClient.Create(
            options =>
            {
                options.Environment = OkxEnvironment.Custom("fake", server.Address, new Uri("ws://127.0.0.1:1"));
                options.Caching.Directory = folder;
                options.Resilience.RetryDelay = TimeSpan.FromMilliseconds(10);
                options.Resilience.MaxRetryDelay = TimeSpan.FromMilliseconds(100);
                configure?.Invoke(options);
            },
            builder => builder.Services.AddSingleton<TimeProvider>(Clock));
    }

    public FakeOkx Server { get; }

    public string Folder { get; }

    public ShiftedClock Clock { get; }

    public OkxMarketClient Client { get; }

    public static AdversaryHost Start(Action<FakeOkx>? server = null, DateTimeOffset? clientNow = null, Action<OkxMarketDataOptions>? client = null)
    {
        var fake = new FakeOkx();
        server?.Invoke(fake);
        return new AdversaryHost(fake, Directory.CreateTempSubdirectory("okxdata-adversary-").FullName, true, clientNow ?? Now, client);
    }

    /// <summary>A later run of the program: the same server and folder.</summary>
    public AdversaryHost Again(DateTimeOffset? clientNow = null, Action<OkxMarketDataOptions>? client = null) => new(Server, Folder, false, clientNow ?? Now, client);

    public static CandleBatchQuery Days(int days, params IReadOnlyList<string> symbols) => new() { Symbols = symbols, From = Today.AddDays(-days), To = Today };

    public async Task<CandleSeries> OneAsync(CandleBatchQuery query)
    {
        var batch = await Client.GetCandlesAsync(query);
        batch.ThrowIfAnyFailed();
        return batch.Series.Values.Single();
    }

    public async Task<CandleSeries> DaysAsync(int days, string symbol = "BTC-USDT") => await OneAsync(Days(days, symbol));

    /// <summary>Whether a series obeys every law, and holds what the market has, to the digit.</summary>
    public void AssertLaws(CandleSeries series, string bar = "1Dutc", bool isWhole = true)
    {
        var times = series.Select(candle => candle.OpenTime).ToList();
        Assert.That(times, Is.Ordered.Ascending.And.Unique);
        Assert.That(times, Has.All.Matches<DateTimeOffset>(series.Range.Contains));
        Assert.That(series.Select(candle => candle.IsFinished), Has.All.True);
        foreach (var candle in series)
            AssertRow(series.Symbol, bar, candle);

        var coverage = series.Coverage;
        Assert.That(coverage.Observed + coverage.Missing, Is.EqualTo(coverage.Expected));
        Assert.That(coverage.Observed, Is.EqualTo(series.Count));
        Assert.That(times, Has.None.Matches<DateTimeOffset>(time => coverage.Gaps.Any(gap => gap.Contains(time))));
        var gapBars = coverage.Gaps.Sum(gap => bar == "1Mutc" ? 0 : (long)(gap.Duration / TimeSpan.FromMilliseconds(Server.Market.CloseOf(bar, 0))));
        if (bar != "1Mutc")
            Assert.That(gapBars, Is.EqualTo(coverage.Missing));
        if (!isWhole)
            return;

        var now = Server.Now().ToUnixTimeMilliseconds();
        var expected = Server.Market.Openings(series.Symbol, bar, series.Range.Start.AddMilliseconds(1).AddTicks(-1).ToUnixTimeMilliseconds() - 1, series.Range.End.UtcTicks >= DateTimeOffset.MaxValue.UtcTicks - 10_000 ? long.MaxValue : series.Range.End.AddMilliseconds(1).AddTicks(-1).ToUnixTimeMilliseconds(), now)
            .Where(open => Server.Market.CloseOf(bar, open) <= Math.Min(now, Clock.GetUtcNow().ToUnixTimeMilliseconds()))
            .Select(DateTimeOffset.FromUnixTimeMilliseconds)
            .Reverse();
        Assert.That(times, Is.EqualTo(expected));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (!_ownsFolder)
            return;
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void AssertRow(string symbol, string bar, Candle candle)
    {
        var row = Server.Market.Row(symbol, bar, candle.OpenTime.ToUnixTimeMilliseconds(), long.MaxValue);
        var figures = row[1..8].Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var (volume, contracts) = symbol.EndsWith("-SWAP", StringComparison.Ordinal) ? (figures[5], (decimal?)figures[4]) : (figures[4], null);
        Assert.That(
            (candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.QuoteVolume, candle.Contracts),
            Is.EqualTo((figures[0], figures[1], figures[2], figures[3], volume, figures[6], contracts)));
    }

    /// <summary>The system's clock at another date.</summary>
    internal sealed class ShiftedClock : TimeProvider
    {
        private readonly long _started = System.GetTimestamp();

        public TimeSpan Shift { get; set; }

        /// <summary>How much faster than the system's it runs.</summary>
        public int Speed { get; set; } = 1;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift + System.GetElapsedTime(_started) * (Speed - 1);
    }
}
