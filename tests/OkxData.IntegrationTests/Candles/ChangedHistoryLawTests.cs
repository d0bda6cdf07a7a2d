using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Testing;
using OkxData.TestProcess;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>
/// Whatever OKX does to the past, and wherever a process is killed: rows of two generations are never in one series, and none that was
/// stored is ever lost or changed.
/// </summary>
[NonParallelizable]
public sealed class ChangedHistoryLawTests
{
    private const string Symbol = "LUNA-USDT";
    private const decimal Factor = 40m;

    private static readonly int Sequences = Environment.GetEnvironmentVariable("OKXDATA_SOAK") is null ? 40 : 1_000;

    private enum Act { Get, Refresh, Accept, Reuse, Revise, TakeBack, LoseFacts }

    private static readonly Gen<(Act Act, int Day, bool Flag, int Writes)> Steps = Gen.Select(
        Gen.Frequency((3, Gen.Const(Act.Get)), (1, Gen.Const(Act.Refresh)), (4, Gen.Const(Act.Accept)), (2, Gen.Const(Act.Reuse)), (2, Gen.Const(Act.Revise)), (1, Gen.Const(Act.TakeBack)), (1, Gen.Const(Act.LoseFacts))),
        Gen.Int[0, 29],
        Gen.Bool,
        Gen.Frequency((2, Gen.Const(int.MaxValue)), (3, Gen.Int[0, 12])));

    [Test]
    public async Task Generations_AnySequenceOfChangesAcceptsAndKills_NeitherSpliceNorLose() =>
        await Gen.Select(Gen.Int[1, 1_000_000], Gen.Bool, Steps.Array[4, 12]).SampleAsync(async (seed, isParquet, steps) => await RunAsync(seed, isParquet, steps), iter: Sequences, threads: 1);

    private static async Task RunAsync(int seed, bool isParquet, (Act Act, int Day, bool Flag, int Writes)[] steps)
    {
        await using var host = await StartAsync(
            options =>
            {
                options.Seed = seed;
                options.IncludeDefaultSymbols = false;
                options.Limits.Enabled = false;
                options.Symbols.Add(new SimulatedSymbol { Symbol = Symbol, Price = 100m });
            },
            connection: SimulatorConnection.InMemory);
        var disk = new Disk();
        var ledger = new Dictionary<int, SortedDictionary<DateTimeOffset, Candle>>();
        var assets = 0;
        await ActAsync(host, disk, isParquet, (Act.Get, 20, false, int.MaxValue));
        await CheckAsync(disk, ledger);
        foreach (var step in steps)
        {
            if (step.Act == Act.Reuse)
                Reuse(host, await ReadAsync(host, disk, isParquet), Today.AddDays(-step.Day - 1), 100m * (decimal)Math.Pow((double)Factor, ++assets % 3), step.Flag);
            else
                await ActAsync(host, disk, isParquet, step);
            await CheckAsync(disk, ledger);
        }

        // The next run completes what was left, and every generation reads as it was stored.
        var present = await ReadAsync(host, disk, isParquet);
        await CheckAsync(disk, ledger);
        foreach (var (key, item) in disk.Files.Where(file => file.Key.Contains("/candles/", StringComparison.Ordinal) && !file.Key.Contains("/.", StringComparison.Ordinal)))
            Assert.That((await CandleCodecs.ForKey(key)!.DecodeAsync(item.Content, default)).Generation, Is.EqualTo(present.Generation), key);
        foreach (var (generation, rows) in ledger)
        {
            var read = generation == present.Generation ? present : await ReadAsync(host, disk, isParquet, generation);
            Assert.That(read.SequenceEqual(rows.Values), $"generation {generation}");
        }
    }

    /// <summary>
    /// Gives the name to another asset. OKX goes on serving the first one's candles only where some are stored: two assets that are fetched for the
    /// first time in one go are one series, with a price spike, since nothing stored tells them apart.
    /// </summary>
    private static void Reuse(SimulatedClient host, CandleSeries held, DateTimeOffset from, decimal price, bool keepsOldRows)
    {
        if (held.Count > 0)
            host.Simulator.ReuseName(Symbol, from, price, keepsOldRows && held[0].OpenTime <= from);
    }

    private static async Task ActAsync(SimulatedClient host, Disk disk, bool isParquet, (Act Act, int Day, bool Flag, int Writes) step)
    {
        if (step.Act == Act.Revise)
            host.Simulator.ReviseCandle(Symbol, "1Dutc", Today.AddDays(-step.Day - 1));
        else if (step.Act == Act.TakeBack)
            host.Simulator.ClearDefects();
        else if (step.Act == Act.LoseFacts)
            disk.Files.TryRemove(disk.Files.Keys.FirstOrDefault(key => key.EndsWith("/.series.json", StringComparison.Ordinal)) ?? "", out _);
        else
            await CallAsync(host, disk, isParquet, step);
    }

    private static async Task CallAsync(SimulatedClient host, Disk disk, bool isParquet, (Act Act, int Day, bool Flag, int Writes) step)
    {
        var store = new CountedStore(disk, step.Writes);
        await using var client = Client(host, store, isParquet != step.Flag, step.Act == Act.Refresh ? CacheMode.Refresh : CacheMode.Normal);
        try
        {
            if (step.Act == Act.Accept)
                await client.Client.AcceptHistoryAsync(Symbol);
            else
                await client.Client.GetCandlesAsync(new CandleQuery { Symbol = Symbol, From = Today.AddDays(-40 - step.Day), To = Today.AddDays(step.Day - 29) });
        }
        catch (Errors.OkxCacheException)
        {
            Assert.That(step.Act, Is.EqualTo(Act.Accept), "only what a person asked for says that there was nothing to do");
        }
    }

    private static async Task<CandleSeries> ReadAsync(SimulatedClient host, Disk disk, bool isParquet, int? generation = null)
    {
        await using var client = Client(host, new CountedStore(disk), isParquet, generation is null ? CacheMode.Normal : CacheMode.Offline);
        if (generation is not null)
            return await client.Client.GetCandlesAsync(new CandleQuery { Symbol = Symbol, From = Today.AddDays(-100), To = Today, Generation = generation });

        // As it is held: asked for by its number, no series is added to.
        var number = (await client.Client.GetCandlesAsync(new CandleQuery { Symbol = Symbol, From = Today.AddDays(1), To = Today.AddDays(2) })).Generation;
        return await client.Client.GetCandlesAsync(new CandleQuery { Symbol = Symbol, From = Today.AddDays(-100), To = Today, Generation = number });
    }

    private static SimulatedClient Client(SimulatedClient host, CountedStore store, bool isParquet, CacheMode mode) => host.Again(
        options =>
        {
            options.Caching.Mode = mode;
            options.Caching.CandleFormat = isParquet ? CandleFormat.Parquet : CandleFormat.Json;
        },
        builder =>
        {
            NoRateLimits.Register(builder);
            builder.AddCacheStore(store);
        },
        SimulatorConnection.InMemory);

    /// <summary>Every row that was ever on the disk is there, unchanged, in its generation, and a generation is one asset's.</summary>
    private static async Task CheckAsync(Disk disk, Dictionary<int, SortedDictionary<DateTimeOffset, Candle>> ledger)
    {
        var found = new Dictionary<int, SortedDictionary<DateTimeOffset, Candle>>();
        foreach (var (key, item) in disk.Files)
        {
            Assert.That(key, Does.Not.StartWith(".quarantine"));
            var name = key.EndsWith(".kept", StringComparison.Ordinal) ? key[..^".kept".Length] : key;
            if (!name.Contains("/all.", StringComparison.Ordinal) || CandleCodecs.ForKey(name) is not { } codec)
                continue;

            var segment = await codec.DecodeAsync(item.Content, default);
            if (name != key)
                Assert.That(key, Does.Contain($"/.generation-{segment.Generation}/"));
            var rows = found.TryGetValue(segment.Generation, out var others) ? others : found[segment.Generation] = [];
            foreach (var row in segment.Candles.ToArray())
            {
                Assert.That(!rows.TryGetValue(row.OpenTime, out var other) || other == row, $"{key}: two rows of {row.OpenTime:u}");
                rows[row.OpenTime] = row;
            }
        }

        foreach (var (generation, rows) in ledger)
        {
            Assert.That(found, Does.ContainKey(generation), $"generation {generation} is lost");
            foreach (var (opening, row) in rows)
                Assert.That(found[generation].TryGetValue(opening, out var now) && now == row, $"{opening:u} of generation {generation} was {row}");
        }

        foreach (var (generation, rows) in found)
        {
            ledger[generation] = rows;
            if (rows.Count > 0)
                Assert.That(rows.Values.Max(row => row.Close) / rows.Values.Min(row => row.Close), Is.LessThan(Factor / 2), $"generation {generation} holds two assets");
        }
    }
}
