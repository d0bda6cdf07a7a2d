using CsCheck;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles.Archive;
using OkxData.Candles.Codecs;
using OkxData.Catalog;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Tests.Caching;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Tests.Catalog;

[TestFixture]
public sealed class CacheCatalogVerifyTests
{
    private const string Instruments = "global/instruments/SPOT.json";

    private CatalogWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new CatalogWorld();

    [Test]
    public async Task VerifyAsync_SoundCache_FindsNothingCountsAllAndChangesNothing()
    {
        await _world.AddAsync(CatalogWorld.Segment(missing: [3]));
        await _world.AddAsync(CatalogWorld.Segment("ETH-USDT", BarSize.OneHour, 48), CandleFormat.Json);
        await PutInstrumentsAsync(Instruments);
        var before = await _world.SnapshotAsync();
        var reports = new List<CatalogProgress>();

        var verification = await _world.Catalog.VerifyAsync(new Listener(reports.Add));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verification.IsSound, Is.True, () => string.Join('\n', verification.Findings));
            Assert.That(verification.Remarks, Is.Empty);
            Assert.That((verification.Series, verification.Candles, verification.Files), Is.EqualTo((2, 147L, 5)));
            Assert.That(reports.Select(report => report.Done), Is.EqualTo(Enumerable.Range(1, 5)));
            Assert.That(reports.Select(report => report.Key), Is.EquivalentTo(before.Keys));
            Assert.That(await _world.SnapshotAsync(), Is.EquivalentTo(before));
        }
    }

    [TestCase(CatalogWorld.BtcFile)]
    [TestCase(CatalogWorld.BtcJsonFile)]
    [TestCase(CatalogWorld.BtcFacts)]
    [TestCase(Instruments)]
    public async Task VerifyAsync_AnyBitFlippedOrAnyCut_IsDamageOfThatFileAndStays(string key)
    {
        await _world.AddAsync(CatalogWorld.Segment(rows: 20), key == CatalogWorld.BtcJsonFile ? CandleFormat.Json : CandleFormat.Parquet);
        await PutInstrumentsAsync(Instruments);
        var sound = await _world.GetAsync(key);

        Gen.Select(Gen.Int[0, sound.Length * 8 - 1], Gen.Bool).Sample(
            (bit, isCut) =>
            {
                var damaged = isCut ? sound[..(bit / 8)] : [.. sound];
                if (!isCut)
                    damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                Task.Run(async () =>
                {
                    await _world.PutAsync(key, damaged);
                    var findings = (await _world.Catalog.VerifyAsync()).Findings;
                    Assert.That(findings.Select(finding => (finding.Key, finding.Rule)), Is.EqualTo(new[] { (key, CatalogRules.Damaged) }));
                    Assert.That(findings[0].Remedy, Is.Not.Empty);
                    Assert.That(await _world.GetAsync(key), Is.EqualTo(damaged));
                }).GetAwaiter().GetResult();
            },
            iter: 200,
            threads: 1);
    }

    [Test]
    public async Task VerifyAsync_FileOfALaterRelease_IsNewerSchema()
    {
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.PutAsync(CatalogWorld.BtcFile, Resealed(await _world.GetAsync(CatalogWorld.BtcFile), CodecLimits.SchemaVersion + 1));

        await AssertFoundAsync((CatalogWorld.BtcFile, CatalogRules.NewerSchema));
    }

    [Test]
    public async Task VerifyAsync_FilesInThePlaceOfOthers_AreMisplaced()
    {
        const string Eth = "global/candles/bar=1Dutc/symbol=ETH-USDT/all.parquet", Year = "global/candles/bar=1H/symbol=BTC-USDT/2023.parquet", Swaps = "global/instruments/SWAP.json";
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.AddAsync(CatalogWorld.Segment("ETH-USDT"));
        await _world.PutAsync(Eth, await _world.GetAsync(CatalogWorld.BtcFile));
        await _world.AddAsync(CatalogWorld.Segment(bar: BarSize.OneHour, rows: 5), key: Year);
        await PutInstrumentsAsync(Instruments);
        await _world.PutAsync(Swaps, await _world.GetAsync(Instruments));

        await AssertFoundAsync((Eth, CatalogRules.Misplaced), (Year, CatalogRules.Misplaced), (Swaps, CatalogRules.Damaged));
    }

    [Test]
    public async Task VerifyAsync_CoverageWithoutRowsOrGap_IsFound()
    {
        var segment = CatalogWorld.Segment(missing: [3]);
        await _world.AddAsync(segment with { Gaps = [] });

        await AssertFoundAsync((CatalogWorld.BtcFile, CatalogRules.Coverage));
    }

    [Test]
    public async Task VerifyAsync_CandlesThatBreakARule_AreFindingsAndOddOnesRemarks()
    {
        var segment = CatalogWorld.Segment(rows: 200);
        var rows = segment.Candles.ToArray();
        rows[5] = rows[5] with { High = rows[5].Low / 2 };
        rows[9] = rows[9] with { Volume = -1 };
        rows[50] = rows[50] with { Open = rows[50].Open * 100, High = rows[50].High * 100, Close = rows[50].Close * 100 };
        await _world.AddAsync(segment with { Candles = rows });

        var verification = await _world.Catalog.VerifyAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verification.Findings.Select(finding => finding.Rule), Is.EqualTo(new[] { ValidationRules.CandleHighLow, ValidationRules.CandleNegativeVolume }));
            Assert.That(verification.Findings[0].Range.Start, Is.EqualTo(CatalogWorld.Start.AddDays(5)));
            Assert.That(verification.Remarks.Select(remark => remark.Rule), Is.EqualTo(new[] { ValidationRules.CandlePriceSpike, ValidationRules.CandlePriceSpike }));
        }
    }

    [Test]
    public async Task VerifyAsync_FileThatIsWrongFromEndToEnd_IsNotListedRowByRow()
    {
        var segment = CatalogWorld.Segment(rows: 500);
        await _world.AddAsync(segment with { Candles = segment.Candles.ToArray().Select(candle => candle with { Volume = -1 }).ToArray() });

        var findings = (await _world.Catalog.VerifyAsync()).Findings;

        Assert.That(findings.Count, Is.EqualTo(21));
        Assert.That(findings[^1].Rule, Is.EqualTo(CatalogRules.More));
        Assert.That(findings[^1].Message, Does.Contain("480"));
    }

    [Test]
    public async Task VerifyAsync_SpikeBetweenTwoFiles_IsSeen()
    {
        await _world.AddAsync(CatalogWorld.Segment(bar: BarSize.OneHour, rows: 10));
        var later = CatalogWorld.Segment(bar: BarSize.OneHour, rows: 10, start: CatalogWorld.Start.AddYears(1));
        await _world.AddAsync(later with { Candles = later.Candles.ToArray().Select(c => c with { Open = c.Open / 50, High = c.High / 50, Low = c.Low / 50, Close = c.Close / 50 }).ToArray() });

        var verification = await _world.Catalog.VerifyAsync();

        Assert.That(verification.Findings, Is.Empty);
        Assert.That(verification.Remarks.Single().Rule, Is.EqualTo(ValidationRules.CandlePriceSpike));
    }

    [Test]
    public async Task VerifyAsync_WhatFilesSayOfEachOther_IsCompared()
    {
        const string EthFacts = "global/candles/bar=1Dutc/symbol=ETH-USDT/.series.json";
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.AddAsync(CatalogWorld.Segment(), CandleFormat.Json);
        await _world.AddAsync(CatalogWorld.Segment("ETH-USDT"));
        await _world.PutAsync(EthFacts, SeriesFactsCodec.Encode(new SeriesFacts { LastFinished = UnixTime.ToMilliseconds(CatalogWorld.Start) }).ToArray());
        await _world.AddAsync(CatalogWorld.Segment("XRP-USDT"));
        await _world.Store.RemoveAsync("global/candles/bar=1Dutc/symbol=XRP-USDT/.series.json", WriteCondition.Any);

        var verification = await _world.Catalog.VerifyAsync();

        Assert.That(verification.Findings.Select(finding => (finding.Key, finding.Rule)), Is.EqualTo(new[] { (EthFacts, CatalogRules.FactsBehind), (CatalogWorld.BtcFile, CatalogRules.TwoFormats) }.OrderBy(pair => pair.Item1, StringComparer.Ordinal)));
        Assert.That(verification.Remarks.Single().Rule, Is.EqualTo(CatalogRules.FactsMissing));
    }

    [TestCase("ETH-USDT", 1, false)]
    [TestCase("ETH-USDT", 2, true)]
    [TestCase("XRP-USDT", 1, true)]
    public async Task VerifyAsync_JoinToWhatIsNotHeld_IsFound(string older, int generation, bool isLost)
    {
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.AddAsync(CatalogWorld.Segment("ETH-USDT"));
        var at = UnixTime.ToMilliseconds(CatalogWorld.Start.AddDays(10));
        await _world.PutAsync(CatalogWorld.BtcFacts, SeriesFactsCodec.Encode(new SeriesFacts { Join = new SeriesJoin(older, generation, at, at) }).ToArray());

        var findings = (await _world.Catalog.VerifyAsync()).Findings;

        Assert.That(findings.Select(finding => (finding.Key, finding.Rule)), Is.EqualTo(isLost ? new[] { (CatalogWorld.BtcFacts, CatalogRules.JoinLost) } : []));
        Assert.That(findings.Select(finding => finding.ToString()), Is.All.Contains(older).And.All.Contains("2024-01-11").And.All.Contains("SeparateHistoryAsync"));
    }

    [Test]
    public async Task VerifyAsync_JoinToAnEarlierGenerationThatIsKept_IsNoFinding()
    {
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.PutAsync("global/candles/bar=1Dutc/symbol=ETH-USDT/.generation-1/all.parquet.kept", (await CandleCodecs.Parquet.EncodeAsync(CatalogWorld.Segment("ETH-USDT"), default)).ToArray());
        await _world.PutAsync(CatalogWorld.BtcFacts, SeriesFactsCodec.Encode(new SeriesFacts { Join = new SeriesJoin("ETH-USDT", 1, UnixTime.ToMilliseconds(CatalogWorld.Start), UnixTime.ToMilliseconds(CatalogWorld.Start)) }).ToArray());

        Assert.That((await _world.Catalog.VerifyAsync()).Findings, Is.Empty);
    }

    [Test]
    public async Task VerifyAsync_Generations_AreToldApart()
    {
        const string Kept = "global/candles/bar=1Dutc/symbol=BTC-USDT/.generation-1/all.parquet.kept";
        const string EthFacts = "global/candles/bar=1Dutc/symbol=ETH-USDT/.series.json";
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.PutAsync(CatalogWorld.BtcFacts, SeriesFactsCodec.Encode(new SeriesFacts { Generation = 2 }).ToArray());
        await _world.AddAsync(CatalogWorld.Segment("ETH-USDT") with { Generation = 2 });
        await _world.AddAsync(CatalogWorld.Segment("XRP-USDT") with { Generation = 2 });
        await _world.PutAsync("global/candles/bar=1Dutc/symbol=XRP-USDT/.series.json", SeriesFactsCodec.Encode(new SeriesFacts { Generation = 2 }).ToArray());
        await _world.PutAsync(Kept, (await CandleCodecs.Parquet.EncodeAsync(CatalogWorld.Segment() with { Generation = 2 }, default)).ToArray());

        var verification = await _world.Catalog.VerifyAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verification.Findings.Select(finding => (finding.Key, finding.Rule)), Is.EqualTo(new[] { (Kept, CatalogRules.Misplaced), (EthFacts, CatalogRules.FactsBehind) }));
            Assert.That(verification.Remarks.Select(remark => (remark.Key, remark.Rule)), Is.EqualTo(new[] { (CatalogWorld.BtcFile, CatalogRules.Retiring) }));
            Assert.That((await _world.Catalog.ListAsync(new CatalogSelection { Symbols = ["BTC-USDT"] }).LastAsync()).Rows, Is.Zero, "they are none of the present generation");
        }
    }

    [TestCase("notes.txt")]
    [TestCase("global/candles/bar=1Dutc/symbol=BTC-USDT/2024.parquet")]
    [TestCase("global/candles/bar=7D/symbol=BTC-USDT/all.parquet")]
    [TestCase("global/candles/symbol=BTC-USDT/all.parquet")]
    [TestCase("manifest.json")]
    public async Task VerifyAsync_FileOfSomeoneElse_IsForeign(string key)
    {
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.PutAsync(key, "{}"u8.ToArray());

        await AssertFoundAsync((key, CatalogRules.Foreign));
    }

    [Test]
    public async Task VerifyAsync_Quarantine_IsARemark()
    {
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.PutAsync(CatalogWorld.BtcFile, [1, 2, 3]);
        await Quarantine.MoveAsync(_world.Store, CatalogWorld.BtcFile, (await _world.Store.ReadAsync(CatalogWorld.BtcFile))!, "test", TimeProvider.System, default);

        var verification = await _world.Catalog.VerifyAsync();

        Assert.That(verification.Findings, Is.Empty);
        Assert.That(verification.Remarks.Single().Rule, Is.EqualTo(CatalogRules.Quarantined));
    }

    [Test]
    public async Task VerifyAsync_StoreThatFailsForOneKey_FindsItAndGoesOn()
    {
        var world = new CatalogWorld(new StoreThatRefuses(CatalogWorld.BtcFile));
        await world.AddAsync(CatalogWorld.Segment());
        await world.AddAsync(CatalogWorld.Segment("ETH-USDT"));

        var verification = await world.Catalog.VerifyAsync();

        Assert.That(verification.Findings.Select(finding => (finding.Key, finding.Rule)), Is.EqualTo(new[] { (CatalogWorld.BtcFile, CatalogRules.Unreadable) }));
        Assert.That(verification.Candles, Is.EqualTo(100));
    }

    [Test]
    public async Task VerifyAsync_Cancelled_ThrowsAtOnce()
    {
        await _world.AddAsync(CatalogWorld.Segment());
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.That(async () => await _world.Catalog.VerifyAsync(cancellationToken: stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private async Task AssertFoundAsync(params (string Key, string Rule)[] expected)
    {
        var findings = (await _world.Catalog.VerifyAsync()).Findings;

        Assert.That(findings.Select(finding => (finding.Key, finding.Rule)), Is.EqualTo(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal)), () => string.Join('\n', findings));
        Assert.That(findings.Select(finding => finding.Remedy), Has.None.Empty);
    }

    private async Task PutInstrumentsAsync(string key) =>
        await _world.PutAsync(key, new DocumentCodec<IReadOnlyList<Instrument>>(InstrumentJsonContext.Default.List).Encode(key, CatalogWorld.Start, []).ToArray());

    private static byte[] Resealed(byte[] sealedFile, byte version)
    {
        var footer = sealedFile.Length - 8 - BitConverter.ToInt32(sealedFile.AsSpan(sealedFile.Length - 8));
        return ParquetSeal.Apply([.. sealedFile[..(footer - 24)], .. sealedFile[footer..]], version);
    }

    private sealed class Listener(Action<CatalogProgress> report) : IProgress<CatalogProgress>
    {
        public void Report(CatalogProgress value) => report(value);
    }

    private sealed class StoreThatRefuses(string key) : ICacheStore
    {
        private readonly InMemoryCacheStore _inner = new();

        public ValueTask<CacheItem?> ReadAsync(string read, CancellationToken cancellationToken = default) =>
            read == key ? throw new TimeoutException("the backing is away") : _inner.ReadAsync(read, cancellationToken);

        public ValueTask<string?> WriteAsync(string written, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default) =>
            _inner.WriteAsync(written, content, condition, cancellationToken);

        public ValueTask<bool> RemoveAsync(string removed, WriteCondition condition, CancellationToken cancellationToken = default) => _inner.RemoveAsync(removed, condition, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default) => _inner.ListAsync(prefix, cancellationToken);
    }
}
