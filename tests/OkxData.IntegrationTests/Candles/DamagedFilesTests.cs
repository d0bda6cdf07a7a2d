using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.TestProcess;
using OkxData.Tests.Caching;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>A file of the cache that is damaged is noticed, put aside with the reason, and fetched again: always, and soon.</summary>
[TestFixture(CandleFormat.Parquet)]
[TestFixture(CandleFormat.Json)]
public sealed partial class DamagedFilesTests(CandleFormat format)
{
    // A reader that hangs on a damaged footer fails the test instead of stopping it; nothing here takes a hundredth of it.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static readonly CandleQuery Query = new() { Symbol = "BTC-USDT-SWAP", From = Today.AddDays(-100), To = Today };

    [Test]
    public async Task GetCandlesAsync_AnyBitFlipped_IsNoticedPutAsideAndHealed()
    {
        var flips = format == CandleFormat.Parquet ? 2_000 : 300;
        await DamageAsync(flips, (sound, random) =>
        {
            var damaged = sound.ToArray();
            var bit = random.Next(damaged.Length * 8);
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            return (damaged, $"bit {bit}");
        });
    }

    [Test]
    public async Task GetCandlesAsync_CutAnywhere_IsNoticedPutAsideAndHealed()
    {
        await DamageAsync(300, (sound, random) =>
        {
            var length = random.Next(sound.Length);
            return (sound[..length].ToArray(), $"cut to {length}");
        });
    }

    [Test]
    public async Task GetCandlesAsync_BytesOverwrittenOrAppended_IsNoticedPutAsideAndHealed()
    {
        await DamageAsync(300, (sound, random) =>
        {
            var damaged = sound.ToArray();
            var noise = new byte[random.Next(1, 64)];
            random.NextBytes(noise);
            if (random.Next(2) == 0)
                return ([.. damaged, .. noise], $"{noise.Length} bytes appended");

            var at = random.Next(damaged.Length - noise.Length);
            noise[0] = (byte)(damaged[at] + 1);
            noise.CopyTo(damaged, at);
            return (damaged, $"{noise.Length} bytes at {at}");
        });
    }

    private async Task DamageAsync(int times, Func<ReadOnlyMemory<byte>, Random, (byte[] Content, string What)> damage)
    {
        var seed = Environment.TickCount & 0xFFFF;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var store = new InMemoryCacheStore();
        await using var host = await StartAsync(
            options => options.Limits.Enabled = false,
            options => options.Caching.CandleFormat = format,
            builder => NoRateLimits.Register(builder.AddCacheStore(store)));
        var whole = await host.Client.GetCandlesAsync(Query);
        var key = (await KeysAsync(store, "")).Single(name => name.EndsWith("/all" + CandleCodecs.For(format).Extension, StringComparison.Ordinal));

        for (var round = 0; round < times; round++)
        {
            var sound = (await store.ReadAsync(key))!.Content;
            var (content, what) = damage(sound, random);
            await store.WriteAsync(key, content, WriteCondition.Any);
            host.Log.Clear();
            var requests = host.PageRequests;

            var healed = await host.Client.GetCandlesAsync(Query).WaitAsync(Bound);

            Assert.That(healed.AsSpan().SequenceEqual(whole.AsSpan()), what);
            Assert.That((healed.Origin, healed.Coverage.IsComplete), Is.EqualTo((DataOrigin.Network, true)), what);
            Assert.That(host.PageRequests, Is.EqualTo(requests + 1), what);
            await AssertPutAsideAsync(store, key, content, what);
            AssertWarnedOnce(host, key, what);
            var rewritten = await CandleCodecs.For(format).DecodeAsync((await store.ReadAsync(key))!.Content, default);
            Assert.That(rewritten.Candles.Span.SequenceEqual(whole.AsSpan()), what);
        }
    }

    private static async Task AssertPutAsideAsync(InMemoryCacheStore store, string key, byte[] damaged, string what)
    {
        var place = $".quarantine/{key}.{ContentVersion.Of(damaged)}";
        Assert.That((await store.ReadAsync(place + ".damaged"))!.Content.Span.SequenceEqual(damaged), what);
        using var reason = System.Text.Json.JsonDocument.Parse((await store.ReadAsync(place + ".reason.json"))!.Content);
        Assert.That(reason.RootElement.GetProperty("key").GetString(), Is.EqualTo(key), what);
        Assert.That(reason.RootElement.GetProperty("reason").GetString(), Is.Not.Empty, what);
        foreach (var kept in await KeysAsync(store, ".quarantine/"))
            await store.RemoveAsync(kept, WriteCondition.Any);
    }

    private static void AssertWarnedOnce(SimulatedClient host, string key, string what)
    {
        var warnings = host.Log.GetSnapshot().Where(record => record.Level >= LogLevel.Warning).ToList();
        Assert.That(warnings.Select(record => record.Message), Has.Exactly(1).Items.And.All.Contains(key), what);
    }

    private static async Task<List<string>> KeysAsync(InMemoryCacheStore store, string prefix) => await store.ListAsync(prefix).ToListAsync();
}
