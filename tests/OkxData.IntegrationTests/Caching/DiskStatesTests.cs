using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Tests.Caching;
using OkxData.Tests.Candles.Codecs;

namespace OkxData.IntegrationTests.Caching;

/// <summary>A cache folder in a state that it should not be in: the call gets its candles, says once what is wrong, and loses nothing that was readable.</summary>
public sealed class DiskStatesTests
{
    private const int NewerSchema = 702;
    private const int Quarantined = 701;

    private CachedMarket _market = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => _market = await CachedMarket.OpenAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await _market.DisposeAsync();

    [Test]
    public async Task GetCandlesAsync_FolderWhereAFileShouldBe_AnswersAndWarnsOnceOfEachKind()
    {
        var folder = _market.Folder();
        var place = CachedMarket.FileOf(folder, CachedMarket.Symbols[0]);
        File.Delete(place);
        Directory.CreateDirectory(place);

        var warned = await WarnedAsync(folder);

        Assert.That(warned, Is.EquivalentTo(new[] { LogEventIds.CacheUnreadable, LogEventIds.CacheUnwritable, Quarantined }));
        Directory.Delete(place);
        await _market.HealAsync(folder, "the folder is gone");
    }

    [Test]
    public async Task GetCandlesAsync_FileWhereTheCacheShouldBe_AnswersAndWarnsOnce()
    {
        var place = Path.Combine(_market.Root, "a-file");
        await File.WriteAllTextAsync(place, "not a folder");

        Assert.That(await WarnedAsync(place), Is.EqualTo(new[] { LogEventIds.CacheUnwritable }));
        Assert.That(await File.ReadAllTextAsync(place), Is.EqualTo("not a folder"));
        File.Delete(place);
        await _market.HealAsync(place, "the file is gone");
    }

    [Test]
    public async Task GetCandlesAsync_FilesThatCannotBeRead_AnswersWarnsOnceAndLeavesThemAlone()
    {
        var folder = _market.Folder();
        var place = CachedMarket.FileOf(folder, CachedMarket.Symbols[0]);
        var before = await File.ReadAllBytesAsync(place);
        var files = new FaultyFileSystem
        {
            // Permissions do not bind the user that tests may run as.
            Before = line =>
            {
                if (line == "read all.parquet")
                    throw new UnauthorizedAccessException("Access to the path is denied.");
            },
        };

        var warnings = await _market.RunAsync(new FileCacheStore(folder, files), "unreadable");

        Assert.That(warnings.Select(warning => warning.Id.Id), Is.EqualTo(new[] { LogEventIds.CacheUnreadable }), string.Join("; ", warnings.Select(warning => warning.Message)));
        Assert.That(await File.ReadAllBytesAsync(place), Is.EqualTo(before));
        await _market.HealAsync(folder, "readable again");
        await _market.CheckFilesAsync(folder, "readable again");
    }

    [Test]
    public async Task GetCandlesAsync_FileCutToAnyPart_IsPutAsideAndFetchedAgain([Values(0, 1, 100, -1)] int length)
    {
        var folder = _market.Folder();
        var place = CachedMarket.FileOf(folder, CachedMarket.Symbols[0]);
        var whole = await File.ReadAllBytesAsync(place);
        await File.WriteAllBytesAsync(place, whole[..(length < 0 ? whole.Length + length : length)]);

        Assert.That(await WarnedAsync(folder), Is.EqualTo(new[] { Quarantined, Quarantined }), "this file, and the one that was damaged before");
        Assert.That(CachedMarket.Quarantined(folder), Has.Length.EqualTo(2));
        await _market.HealAsync(folder, "cut");
    }

    [Test]
    public async Task GetCandlesAsync_FilesOfANewerSchema_AreLeftAloneAndToldOfOnceEach()
    {
        var folder = _market.Folder();
        var segment = CachedMarket.FileOf(folder, CachedMarket.Symbols[0]);
        var facts = Path.Combine(Path.GetDirectoryName(segment)!, ".series.json");
        await File.WriteAllBytesAsync(segment, ParquetFooter.Reseal(await File.ReadAllBytesAsync(segment), version: 200));
        await File.WriteAllBytesAsync(facts, JsonSeal.Seal("""{"schema":200,"what":"is this"}"""u8));
        var before = (await File.ReadAllBytesAsync(segment), await File.ReadAllBytesAsync(facts));

        var warned = await WarnedAsync(folder);

        Assert.That(warned, Is.EqualTo(new[] { Quarantined, NewerSchema, NewerSchema }));
        Assert.That((await File.ReadAllBytesAsync(segment), await File.ReadAllBytesAsync(facts)), Is.EqualTo(before));
    }

    [Test]
    public async Task GetCandlesAsync_SmallFileThatClaimsMillionsOfRows_IsRefusedBeforeMemoryIsSpent()
    {
        var folder = _market.Folder();
        var place = CachedMarket.FileOf(folder, CachedMarket.Symbols[0]);
        var sound = await File.ReadAllBytesAsync(place);
        var ordinary = await AllocatedAsync(folder);
        folder = _market.Folder();
        place = CachedMarket.FileOf(folder, CachedMarket.Symbols[0]);
        await File.WriteAllBytesAsync(place, ParquetFooter.Claim(sound, CachedMarket.HeldDays, 64_000_000));

        var allocated = await AllocatedAsync(folder);

        TestContext.Out.WriteLine($"{new FileInfo(place).Length} bytes; {ordinary >> 10} KiB without, {allocated >> 10} KiB with the claim");
        Assert.That(allocated, Is.LessThan(ordinary + (64 << 20)), "64 million rows take 9 GB");
        Assert.That(CachedMarket.Quarantined(folder), Has.Length.EqualTo(2));
    }

    private async Task<long> AllocatedAsync(string folder)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await WarnedAsync(folder);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private async Task<int[]> WarnedAsync(string folder)
    {
        var warnings = await _market.RunAsync(new FileCacheStore(folder), Path.GetFileName(folder));
        TestContext.Out.WriteLine(string.Join(Environment.NewLine, warnings.Select(warning => warning.Message)));
        return [.. warnings.Select(warning => warning.Id.Id).Order()];
    }
}
