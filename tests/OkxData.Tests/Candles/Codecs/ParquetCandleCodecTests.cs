using NUnit.Framework;
using OkxData.Candles;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.Codecs;

[TestFixture]
internal sealed class ParquetCandleCodecTests : CandleCodecContract
{
    private protected override ICandleCodec Codec { get; } = new ParquetCandleCodec();

    [Test]
    public async Task DecodeAsync_NewerSchema_IsToldApart()
    {
        var content = ParquetFooter.Reseal((await Codec.EncodeAsync(Segments.Daily(3), default)).ToArray(), version: 2);

        Assert.That(AssertCorrupt(content).IsNewerSchema, Is.True);
    }

    [Test]
    public async Task DecodeAsync_ClaimsFarMoreRowsThanItHolds_IsRefusedBeforeMemoryIsSpent()
    {
        var content = (await Codec.EncodeAsync(Segments.Daily(1_826) with { Covered = IntervalSet.Of(new Interval(0, UnixTime.MaxMilliseconds)) }, default)).ToArray();
        foreach (var claim in new long[] { 1_827, 64_000_000, int.MaxValue, long.MaxValue })
        {
            var bomb = ParquetFooter.Claim(content, 1_826, claim);
            var before = GC.GetAllocatedBytesForCurrentThread();
            AssertCorrupt(bomb);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(2_000_000), $"{claim} rows");
        }
    }

    [Test]
    public async Task DecodeAsync_OtherContentUnderARightChecksum_IsCorrupt()
    {
        var content = (await Codec.EncodeAsync(Segments.Daily(50), default)).ToArray();

        AssertCorrupt(ParquetFooter.Replace(content, "1Dutc"u8, "1Xutc"u8));
        AssertCorrupt(ParquetFooter.Replace(content, "1Dutc"u8, "1Wutc"u8));
        AssertCorrupt(ParquetFooter.Replace(content, "okxdata.symbol"u8, "okxdata.symbal"u8));
        AssertCorrupt(ParquetFooter.Replace(content, "quote_volume"u8, "quote_valume"u8));
        AssertCorrupt(ParquetFooter.Replace(content, "1577836800000/"u8, "1577923200000/"u8));
    }

    [Test]
    public async Task DecodeAsync_PartOfALargerBuffer_IsReadInPlace()
    {
        var segment = Segments.Daily(20);
        var content = await Codec.EncodeAsync(segment, default);
        var buffer = new byte[content.Length + 100];
        content.CopyTo(buffer.AsMemory(60));

        Segments.AssertEqual(await Codec.DecodeAsync(buffer.AsMemory(60, content.Length), default), segment);
    }

    [Test]
    public async Task EncodeAsync_FiguresOfUpTo15Digits_NeedNoExactText()
    {
        var figures = new[] { 0.1m, 65_432.1m, 0.000000000000000001m, 999_999_999_999_999m, 123456789.012345m, 0m, -5m };
        var plain = await Codec.EncodeAsync(Segments.Of("BTC-USDT", BarSize.OneDay, Candle(0, figures)), default);
        figures[5] = 287506892.157491959m;
        var exact = await Codec.EncodeAsync(Segments.Of("BTC-USDT", BarSize.OneDay, Candle(0, figures)), default);

        Assert.That(plain.Span.IndexOf("q="u8), Is.Negative);
        Assert.That(exact.Span.IndexOf("q=287506892.157491959"u8), Is.Positive);
    }
}
