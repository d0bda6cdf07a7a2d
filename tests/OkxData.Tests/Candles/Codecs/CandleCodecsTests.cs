using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles.Codecs;

namespace OkxData.Tests.Candles.Codecs;

[TestFixture]
internal sealed class CandleCodecsTests
{
    [Test]
    public void For_EveryFormat_HasItsCodec([Values] CandleFormat format) =>
        Assert.That(CandleCodecs.For(format).Extension, Is.EqualTo(format == CandleFormat.Parquet ? ".parquet" : ".json"));

    [Test]
    public void For_UndefinedFormat_IsRefused() =>
        Assert.That(() => CandleCodecs.For((CandleFormat)9), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void ForKey_ByExtension_FindsTheCodec()
    {
        Assert.That(CandleCodecs.ForKey("candles/bar=1Dutc/symbol=BTC-USDT/all.parquet"), Is.SameAs(CandleCodecs.Parquet));
        Assert.That(CandleCodecs.ForKey(".json"), Is.SameAs(CandleCodecs.Json));
        Assert.That(CandleCodecs.ForKey("candles/all.csv"), Is.Null);
    }
}
