using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles.Codecs;
using OkxData.Errors;
using OkxData.Testing;
using OkxData.TestProcess;
using OkxData.Tests.Caching;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <content>The hidden file beside a series, real files, and a client that may not fetch.</content>
public sealed partial class DamagedFilesTests
{
    [Test]
    public async Task GetCandlesAsync_FileOnDiskFlipped_StandsInTheQuarantineFolderAndIsWrittenAnew()
    {
        await using var host = await StartAsync(client: options => options.Caching.CandleFormat = format);
        var whole = await host.Client.GetCandlesAsync(Query);
        var file = Directory.GetFiles(host.Folder, $"all{CandleCodecs.For(format).Extension}", SearchOption.AllDirectories).Single();
        var damaged = await File.ReadAllBytesAsync(file);
        damaged[damaged.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, damaged);

        var healed = await host.Client.GetCandlesAsync(Query);

        Assert.That(healed.AsSpan().SequenceEqual(whole.AsSpan()));
        var aside = Directory.GetFiles(Path.Combine(host.Folder, ".quarantine"), "*", SearchOption.AllDirectories);
        Assert.That(aside.Select(Path.GetExtension), Is.EquivalentTo(new[] { ".damaged", ".json" }));
        Assert.That(await File.ReadAllBytesAsync(aside.Single(name => name.EndsWith(".damaged", StringComparison.Ordinal))), Is.EqualTo(damaged));
        await using var offline = host.Again(options => (options.Caching.CandleFormat, options.Caching.Mode) = (format, CacheMode.Offline));
        Assert.That((await offline.Client.GetCandlesAsync(Query)).AsSpan().SequenceEqual(whole.AsSpan()));
    }

    [Test]
    public async Task GetCandlesAsync_DamagedAndOffline_SaysWhatIsMissingAndTouchesNoNetwork()
    {
        var store = new InMemoryCacheStore();
        await using var host = await StartAsync(client: options => options.Caching.CandleFormat = format, build: builder => builder.AddCacheStore(store));
        await host.Client.GetCandlesAsync(Query);
        var key = (await KeysAsync(store, "")).Single(name => name.EndsWith("/all" + CandleCodecs.For(format).Extension, StringComparison.Ordinal));
        await store.WriteAsync(key, (await store.ReadAsync(key))!.Content[..^1], WriteCondition.Any);
        var requests = host.Simulator.TotalRequests;

        await using var offline = host.Again(options => (options.Caching.CandleFormat, options.Caching.Mode) = (format, CacheMode.Offline), builder => builder.AddCacheStore(store));

        Assert.That(async () => await offline.Client.GetCandlesAsync(Query), Throws.TypeOf<OkxCacheException>().With.Message.Contains("2026-03-07"));
        AssertWarnedOnce(offline, key, "offline");
        Assert.That(host.Simulator.TotalRequests, Is.EqualTo(requests));
    }

    [Test]
    public async Task GetCandlesAsync_FactsFileFlipped_IsNoticedPutAsideAndLearntAgain()
    {
        var (random, listed, store) = (new Random(1), Today.AddDays(-60), new InMemoryCacheStore());
        await using var host = await StartAsync(
            options =>
            {
                options.Symbols.Add(new SimulatedSymbol { Symbol = "NEW-USDT", ListedAt = listed });
                options.Limits.Enabled = false;
            },
            options => options.Caching.CandleFormat = format,
            builder => NoRateLimits.Register(builder.AddCacheStore(store)));
        var query = Query with { Symbol = "NEW-USDT" };
        var whole = await host.Client.GetCandlesAsync(query);
        var key = (await KeysAsync(store, "")).Single(name => name.EndsWith("/.series.json", StringComparison.Ordinal));
        for (var round = 0; round < 100; round++)
        {
            var damaged = (await store.ReadAsync(key))!.Content.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            await store.WriteAsync(key, damaged, WriteCondition.Any);
            host.Log.Clear();

            var again = await host.Client.GetCandlesAsync(query).WaitAsync(Bound);

            Assert.That(again.AsSpan().SequenceEqual(whole.AsSpan()));
            Assert.That((again.Coverage.FirstAvailable, again.Coverage.IsComplete), Is.EqualTo((listed, true)));
            await AssertPutAsideAsync(store, key, damaged, "facts");
            AssertWarnedOnce(host, key, "facts");
            var requests = host.PageRequests;
            await host.Client.GetCandlesAsync(query);
            Assert.That(host.PageRequests, Is.EqualTo(requests));
        }
    }
}
