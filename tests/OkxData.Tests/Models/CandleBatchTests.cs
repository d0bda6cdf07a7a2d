using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Models;

[TestFixture]
public sealed class CandleBatchTests
{
    private static readonly OkxException Reason = new OkxPayloadException("no");

    [Test]
    public void ThrowIfAnyFailed_NoFailure_DoesNothing() =>
        Assert.That(() => CandleBatch.Create([SeriesOf("BTC-USDT")]).ThrowIfAnyFailed(), Throws.Nothing);

    [Test]
    public void ThrowIfAnyFailed_Failures_NamesThemAll()
    {
        var batch = CandleBatch.Create([SeriesOf("BTC-USDT")], new Dictionary<string, OkxException> { ["X-USDT"] = Reason, ["Y-USDT"] = Reason }, requestsSent: 3);

        Assert.That(batch.ThrowIfAnyFailed, Throws.TypeOf<OkxBatchException>().With.Message.Contains("X-USDT").And.Message.Contains("Y-USDT"));
        Assert.That(batch.Series.Keys, Is.EqualTo(new[] { "BTC-USDT" }));
        Assert.That(batch.RequestsSent, Is.EqualTo(3));
    }

    [Test]
    public void Create_SymbolTwice_Throws()
    {
        Assert.That(() => CandleBatch.Create([SeriesOf("A-B"), SeriesOf("A-B")]), Throws.ArgumentException.With.Message.Contains("A-B"));
        Assert.That(() => CandleBatch.Create([SeriesOf("A-B")], new Dictionary<string, OkxException> { ["A-B"] = Reason }), Throws.ArgumentException.With.Message.Contains("A-B"));
    }

    private static CandleSeries SeriesOf(string symbol) =>
        new(symbol, BarSize.OneDay, new UtcRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), default, new CoverageReport { Expected = 0, Observed = 0 }, default, DateTimeOffset.UnixEpoch);
}
