using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Diagnostics;
using OkxData.Models;
using OkxData.Validation;
using static OkxData.Tests.Validation.TestCandles;

namespace OkxData.Tests.Validation;

public sealed class ValidationLogTests
{
    private readonly FakeLogger _logger = new();

    [SetUp]
    public void Forget() => _logger.Collector.Clear();

    [Test]
    public void CandleFindings_ErrorsAndWarnings_AreOneLineWithTheFirst()
    {
        var spike = CandleIssues.PriceSpike(Symbol, BarSize.OneDay, Day(0), Day(1, 900m));
        _logger.CandleFindings(Symbol, BarSize.OneDay, [CandleIssues.Duplicate(Symbol, BarSize.OneDay, Day(0)), spike, CandleIssues.HighLow(Symbol, BarSize.OneDay, Day(2))]);

        var record = _logger.Collector.GetSnapshot().Single();
        Assert.That((record.Level, record.Id.Id), Is.EqualTo((LogLevel.Warning, LogEventIds.CandleFindings)));
        Assert.That(record.Message, Is.EqualTo($"The OneDay candles of BTC-USDT have 1 error(s) and 1 warning(s); the first: {spike.Message}"));
    }

    [Test]
    public void CandleFindings_InformationOnly_IsNotMentioned()
    {
        _logger.CandleFindings(Symbol, BarSize.OneDay, [CandleIssues.Duplicate(Symbol, BarSize.OneDay, Day(0))]);

        Assert.That(_logger.Collector.Count, Is.Zero);
    }
}
