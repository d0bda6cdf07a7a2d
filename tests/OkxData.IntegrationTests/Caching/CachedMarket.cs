using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Testing;
using OkxData.TestProcess;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Caching;

/// <summary>
/// A market of three series and a cache that holds half of the first, a damaged file of the second and nothing of the third; runs of a program
/// that wants all of it, over stores of the test's choice.
/// </summary>
internal sealed class CachedMarket : IAsyncDisposable
{
    public const int Days = 400;
    public const int HeldDays = 200;

    private readonly OkxSimulator _simulator;
    private readonly string _prepared;
    private CandleBatch _truth = null!;
    private int _folders;

    private CachedMarket(OkxSimulator simulator, string root) => (_simulator, Root, _prepared) = (simulator, root, Path.Combine(root, "prepared"));

    public static string[] Symbols { get; } = OldSymbols(3);

    public string Root { get; }

    public int Requests => _simulator.TotalRequests;

    public DateTimeOffset Time => _simulator.Clock.GetUtcNow();

    public static string[] Quarantined(string folder) => Directory.Exists(Path.Combine(folder, ".quarantine"))
        ? Directory.GetFiles(Path.Combine(folder, ".quarantine"), "*.damaged", SearchOption.AllDirectories)
        : [];

    public static async Task<CachedMarket> OpenAsync()
    {
        var simulator = await OkxSimulator.StartAsync(options =>
        {
            options.StartAt = Now;
            options.Limits.Enabled = false;
            ListOldSymbols(options, Symbols.Length);
        });
        var market = new CachedMarket(simulator, Directory.CreateTempSubdirectory("okxdata-").FullName);
        var (client, _) = market.Client(new FileCacheStore(market._prepared));
        await using (client)
        {
            market._truth = await client.GetCandlesAsync(SimulatedClient.Days(Days, Symbols));
            market._truth.ThrowIfAnyFailed();
        }

        Directory.Delete(market._prepared, recursive: true);
        (client, _) = market.Client(new FileCacheStore(market._prepared));
        await using (client)
        {
            var held = new CandleBatchQuery { Symbols = Symbols[..2], From = Today.AddDays(-Days), To = Today.AddDays(HeldDays - Days) };
            (await client.GetCandlesAsync(held)).ThrowIfAnyFailed();
        }

        var damaged = FileOf(market._prepared, Symbols[1]);
        var bytes = await File.ReadAllBytesAsync(damaged);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(damaged, bytes);
        return market;
    }

    public static string FileOf(string folder, string symbol) =>
        Directory.GetDirectories(folder, $"symbol={symbol}", SearchOption.AllDirectories).Select(series => Path.Combine(series, "all.parquet")).Single();

    /// <summary>A folder of its own that holds what was prepared.</summary>
    public string Folder()
    {
        var folder = Path.Combine(Root, FormattableString.Invariant($"{Interlocked.Increment(ref _folders)}"));
        foreach (var file in Directory.EnumerateFiles(_prepared, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(_prepared, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder;
    }

    /// <summary>A run of the program: all three series and the instruments, which must be right whatever the store does.</summary>
    /// <returns>What it warned of.</returns>
    public async Task<IReadOnlyList<FakeLogRecord>> RunAsync(ICacheStore store, string because, CacheMode mode = CacheMode.Normal)
    {
        var (client, log) = Client(store, mode);
        await using (client)
        {
            var batch = await client.GetCandlesAsync(SimulatedClient.Days(Days, Symbols));
            Assert.That(batch.Failures, Is.Empty, because);
            foreach (var symbol in Symbols)
                Assert.That(batch.Series[symbol].AsSpan().SequenceEqual(_truth.Series[symbol].AsSpan()), $"{because}: {symbol}");
            Assert.That(await client.GetInstrumentsAsync(), Is.Not.Empty, because);
        }

        return [.. log.GetSnapshot().Where(record => record.Level >= LogLevel.Warning)];
    }

    /// <summary>A run on a sound disk a day later, after which everything is held and nothing hidden is left over.</summary>
    public async Task HealAsync(string folder, string because)
    {
        await RunAsync(new FileCacheStore(folder), because);
        var requests = Requests;
        var warnings = await RunAsync(new FileCacheStore(folder), because, CacheMode.Offline);
        Assert.That(warnings.Select(warning => warning.Message), Is.Empty, because);
        Assert.That(Requests, Is.EqualTo(requests), because);
    }

    /// <summary>That every candle file is whole and right, and the one that was sound before still has its candles; the damaged one may stand as it was.</summary>
    public async Task CheckFilesAsync(string folder, string because)
    {
        var damaged = await File.ReadAllBytesAsync(FileOf(_prepared, Symbols[1]));
        var isAside = Quarantined(folder).Any(file => File.ReadAllBytes(file).AsSpan().SequenceEqual(damaged));
        var isInPlace = false;
        var held = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "all.parquet", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllBytesAsync(file);
            if (content.AsSpan().SequenceEqual(damaged))
            {
                isInPlace = true;
                continue;
            }

            var segment = await CandleCodecs.Parquet.DecodeAsync(content, default);
            var truth = _truth.Series[segment.Symbol];
            Assert.That(segment.Candles.Span.IndexOfAnyExcept([.. truth]), Is.Negative, $"{because}: {segment.Symbol}");
            if (segment.Symbol == Symbols[0])
                held = segment.Candles.Span.IndexOf(truth[HeldDays - 1]) + 1;
        }

        Assert.That(held, Is.EqualTo(HeldDays), $"{because}: what was held is still there");
        Assert.That(isAside || isInPlace, $"{because}: the damaged file is kept somewhere");
    }

    public (OkxMarketClient Client, FakeLogCollector Log) Client(ICacheStore store, CacheMode mode = CacheMode.Normal)
    {
        var log = new FakeLogCollector();
        var client = OkxMarketClient.Create(
            options => options.Caching.Mode = mode,
            builder =>
            {
                NoRateLimits.Register(builder.UseSimulator(_simulator, SimulatorConnection.InMemory).AddCacheStore(store));
                builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(log)));
            });
        return (client, log);
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
