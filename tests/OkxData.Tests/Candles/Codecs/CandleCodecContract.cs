using CsCheck;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.Codecs;

/// <summary>What every candle codec keeps.</summary>
internal abstract class CandleCodecContract
{
    private static readonly decimal[] Edges =
    [
        0m, decimal.MaxValue, decimal.MinValue, 0.000000000000000001m, 0.0000000000000000000000000001m, 1e15m, 1e28m,
        999_999_999_999_999m, 1_000_000_000_000_001m, 9_007_199_254_740_993m, -0.1m, 100m,
    ];

    // OKXDATA_SOAK asks for the long form.
    private static bool IsLong { get; } = Environment.GetEnvironmentVariable("OKXDATA_SOAK") is { Length: > 0 };

    private protected abstract ICandleCodec Codec { get; }

    private protected async Task<CandleSegment> PassAsync(CandleSegment segment) =>
        await Codec.DecodeAsync(await Codec.EncodeAsync(segment, default), default);

    private protected CorruptPayloadException AssertCorrupt(ReadOnlyMemory<byte> content)
    {
        try
        {
            Codec.DecodeAsync(content, default).AsTask().GetAwaiter().GetResult();
        }
        catch (CorruptPayloadException exception)
        {
            return exception;
        }

        throw new AssertionException("Damaged bytes were read as if nothing had happened.");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(1_826)]
    [TestCase(131_072)]
    [TestCase(131_073)]
    public async Task RoundTrip_AnyRowCount_IsEqual(int rows)
    {
        var segment = Segments.Make("BTC-USDT", BarSize.OneMinute, rows, seed: rows, contracts: false);

        Segments.AssertEqual(await PassAsync(segment), segment);
    }

    [Test]
    public async Task RoundTrip_EveryBarSize_IsEqual([Values] BarSize bar)
    {
        var segment = Segments.Make("BTC-USD_UM-SWAP", bar, 40, seed: 7, contracts: true);
        if (bar == BarSize.OneWeek)
            segment = Segments.Of(segment.Symbol, bar, [.. segment.Candles.ToArray().Select(candle => candle with { OpenTime = candle.OpenTime.AddDays(5) })]);

        Segments.AssertEqual(await PassAsync(segment), segment);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(12)]
    public async Task RoundTrip_AnyGeneration_IsKeptAndTheFirstIsNotWritten(int generation)
    {
        var segment = Segments.Daily(3) with { Generation = generation };
        var content = await Codec.EncodeAsync(segment, default);

        Assert.That((await Codec.DecodeAsync(content, default)).Generation, Is.EqualTo(generation));
        Assert.That(System.Text.Encoding.Latin1.GetString(content.Span).Contains("generation", StringComparison.Ordinal), Is.EqualTo(generation > 1));
    }

    [Test]
    public async Task RoundTrip_NothingKnown_IsEqual()
    {
        var segment = Segments.Daily(0) with { Covered = IntervalSet.Empty, Gaps = [] };

        Segments.AssertEqual(await PassAsync(segment), segment);
    }

    [Test]
    public async Task RoundTrip_LongStretchWithoutATrade_IsEqual()
    {
        var grid = BarSize.OneMinute.ToGrid();
        var flat = Segments.Of("OLD-USDT", BarSize.OneMinute, [.. Enumerable.Range(0, 300_000).Select(row => new Candle
        {
            OpenTime = UnixTime.FromMilliseconds(grid.Add(Segments.Start, row)),
            Open = 1,
            High = 1,
            Low = 1,
            Close = 1,
            IsFinished = true,
        })]);

        Segments.AssertEqual(await PassAsync(flat), flat);
    }

    [Test]
    public async Task RoundTrip_ContractsOnSomeRows_KeepsNullApartFromZero()
    {
        var candles = Segments.Daily(9).Candles.ToArray();
        for (var row = 0; row < candles.Length; row++)
            candles[row] = candles[row] with { Contracts = (row % 3) switch { 0 => null, 1 => 0m, _ => 0.123456789012345678901234567m } };
        var segment = Segments.Of("BTC-USDT-SWAP", BarSize.OneDay, candles);

        Segments.AssertEqual(await PassAsync(segment), segment);
    }

    [Test]
    public void RoundTrip_AnyDecimals_IsEqualToTheDigit()
    {
        var any = Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Int[0, 28], (low, middle, high, negative, scale) => new decimal(low, middle, high, negative, (byte)scale));
        var sixteen = Gen.Select(Gen.Long[-99_999_999_999_999_999, 99_999_999_999_999_999], Gen.Int[0, 28], (digits, scale) => Scaled(digits, scale));
        var price = Gen.Select(Gen.Long[0, 99_999_999], Gen.Int[0, 10], Scaled);
        var edge = Gen.Int[0, Edges.Length - 1].Select(at => Edges[at]);
        var row = Gen.OneOf(any, sixteen, price, edge).Array[7];

        row.Array[1, 40].Sample(
            rows =>
            {
                var segment = Segments.Of("BTC-USDT", BarSize.OneDay, [.. rows.Select((figures, at) => Candle(at, figures))]);
                Segments.AssertEqual(PassAsync(segment).GetAwaiter().GetResult(), segment);
            },
            iter: 300);
    }

    [Test]
    public async Task DecodeAsync_TrailingZeros_AreDropped()
    {
        var read = await PassAsync(Segments.Of("BTC-USDT", BarSize.OneDay, Candle(0, [1.50m, 10.000m, 0.00m, 1_000m, 2.10m, 287506892.1574919590m, 7.0m])));

        var candle = read.Candles.Span[0];
        Assert.That(new[] { candle.Open, candle.High, candle.Low, candle.Close, candle.Volume, candle.QuoteVolume, candle.Contracts!.Value }.Select(figure => $"{figure}"),
            Is.EqualTo(new[] { "1.5", "10", "0", "1000", "2.1", "287506892.157491959", "7" }));
    }

    [Test]
    [Category("Soak")]
    public async Task DecodeAsync_AnyBitFlipped_IsDetected()
    {
        var content = (await Codec.EncodeAsync(Segments.Daily(365), default)).ToArray();
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var flip = 0; flip < (IsLong ? 20_000 : 1_500); flip++)
        {
            var (at, bit) = (random.Next(content.Length), random.Next(8));
            content[at] ^= (byte)(1 << bit);
            Assert.That(AssertCorrupt(content).IsNewerSchema, Is.False, $"bit {bit} of byte {at}");
            content[at] ^= (byte)(1 << bit);
        }

        Segments.AssertEqual(await Codec.DecodeAsync(content, default), Segments.Daily(365));
    }

    [Test]
    public async Task DecodeAsync_EveryByteOfASmallFileChanged_IsDetected()
    {
        var content = (await Codec.EncodeAsync(Segments.Daily(1), default)).ToArray();
        for (var at = 0; at < content.Length; at++)
        {
            content[at] ^= (byte)(1 << at % 8);
            AssertCorrupt(content);
            content[at] ^= (byte)(1 << at % 8);
        }
    }

    [Test]
    public async Task DecodeAsync_CutOrLengthened_IsDetected()
    {
        var content = await Codec.EncodeAsync(Segments.Daily(3), default);
        for (var length = 0; length < content.Length; length++)
        {
            AssertCorrupt(content[..length]);
            if (length > 0)
                AssertCorrupt(content[length..]);
        }

        AssertCorrupt(content.ToArray().Append((byte)0).ToArray());
        AssertCorrupt(content.ToArray().Prepend((byte)0).ToArray());
        AssertCorrupt(content.ToArray().Append((byte)'\n').ToArray());
    }

    [Test]
    [Category("Soak")]
    public async Task DecodeAsync_CutToAnyLength_IsDetectedSoon()
    {
        var content = await Codec.EncodeAsync(Segments.Daily(365), default);
        var longest = TimeSpan.Zero;
        for (var length = 0; length < content.Length; length += IsLong || content.Length - length < 300 ? 1 : 37)
        {
            var started = TimeProvider.System.GetTimestamp();
            AssertCorrupt(content[..length]);
            var took = TimeProvider.System.GetElapsedTime(started);
            longest = took > longest ? took : longest;
        }

        TestContext.Out.WriteLine($"{content.Length} bytes, the longest took {longest.TotalMilliseconds:F1} ms");
        Assert.That(longest, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public void DecodeAsync_RandomBytes_IsDetected() =>
        Gen.Byte.Array[0, 300].Sample(bytes => AssertCorrupt(bytes), iter: 500);

    [Test]
    public void EncodeAsync_SegmentThatBreaksARule_IsRefused()
    {
        var good = Segments.Daily(5);
        var candles = good.Candles.ToArray();
        Refuse(good with { Symbol = " " }, "no symbol");
        Refuse(good with { Bar = (BarSize)99 }, "no bar size");
        Refuse(good with { FetchedAt = long.MaxValue }, "fetched at");
        Refuse(good with { Candles = Change(candles, 2, candle => candle with { IsFinished = false }) }, "not finished");
        Refuse(good with { Candles = Change(candles, 2, candle => candle with { OpenTime = candle.OpenTime.AddHours(8) }) }, "not on the grid");
        Refuse(good with { Candles = Change(candles, 2, candle => candle with { OpenTime = candle.OpenTime.AddTicks(1) }) }, "not on the grid");
        Refuse(good with { Candles = Change(candles, 2, candle => candle with { OpenTime = candle.OpenTime.AddDays(-1) }) }, "follows");
        Refuse(good with { Covered = IntervalSet.Of(good.Covered[1], new Interval(Segments.Start, Segments.Start + 2 * 86_400_000)), Gaps = [] }, "not covered");
        Refuse(good with { Gaps = [new KnownGap(new Interval(0, 86_400_000), 0)] }, "is not covered");
        Refuse(good with { Gaps = [new KnownGap(new Interval(Segments.Start, Segments.Start + 86_400_000), 0)] }, "has a candle");
    }

    [Test]
    public void EncodeAsync_Cancelled_StopsAsCancellation() =>
        Assert.That(async () => await Codec.EncodeAsync(Segments.Daily(5), new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public async Task DecodeAsync_Cancelled_StopsAsCancellation()
    {
        var content = await Codec.EncodeAsync(Segments.Daily(5), default);

        Assert.That(async () => await Codec.DecodeAsync(content, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task DecodeAsync_FileOfSchemaVersion1_StaysReadable()
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Candles", "Codecs", "Golden", "v1" + Codec.Extension);

        Segments.AssertEqual(await Codec.DecodeAsync(await File.ReadAllBytesAsync(path), default), Segments.Make("ETH-USDT-SWAP", BarSize.OneHour, 24, seed: 2026, contracts: true));
    }

    private protected static Candle Candle(int day, decimal[] figures) => new()
    {
        OpenTime = UnixTime.FromMilliseconds(Segments.Start + day * 86_400_000L),
        Open = figures[0],
        High = figures[1],
        Low = figures[2],
        Close = figures[3],
        Volume = figures[4],
        QuoteVolume = figures[5],
        Contracts = figures[6],
        IsFinished = true,
    };

    private static decimal Scaled(long digits, int scale) => new((int)Math.Abs(digits), (int)(Math.Abs(digits) >> 32), 0, digits < 0, (byte)scale);

    private static Candle[] Change(Candle[] candles, int row, Func<Candle, Candle> change) => [.. candles.Select((candle, at) => at == row ? change(candle) : candle)];

    private void Refuse(CandleSegment segment, string reason) =>
        Assert.That(async () => await Codec.EncodeAsync(segment, default), Throws.ArgumentException.With.Message.Contains(reason));
}
