using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

public sealed class CandleSignalsTests
{
    private CandleSignals _signals = null!;

    [SetUp]
    public void Listen() => _signals = new CandleSignals();

    [TearDown]
    public void Hush() => _signals.Dispose();

    [Test]
    public async Task CacheRows_ColdWarmAndADayLonger_CountsWhatWasHeldAndWhatWasFetched()
    {
        await using var host = await StartAsync(build: _signals.Register);
        var query = Days(400, "BTC-USDT", "ETH-USDT");

        await host.Client.GetCandlesAsync(query with { To = Today.AddDays(-1) });
        Assert.That((_signals.Hits, _signals.Misses), Is.EqualTo((0, 798)));
        _signals.Rows.Clear();

        await host.Client.GetCandlesAsync(query with { To = Today.AddDays(-1) });
        Assert.That((_signals.Hits, _signals.Misses), Is.EqualTo((798, 0)));
        _signals.Rows.Clear();

        await host.Client.GetCandlesAsync(query);
        Assert.That((_signals.Hits, _signals.Misses), Is.EqualTo((798, 2)), "the new one of each");
    }

    [Test]
    public async Task CacheRows_RefreshAndOff_CountNoHits()
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));

        await using var refresh = host.Again(options => options.Caching.Mode = CacheMode.Refresh, _signals.Register);
        await refresh.Client.GetCandlesAsync(Days(50, "BTC-USDT"));
        Assert.That((_signals.Hits, _signals.Misses), Is.EqualTo((0, 50)));
        _signals.Rows.Clear();

        await using var off = host.Again(options => options.Caching.Mode = CacheMode.Off, _signals.Register);
        await off.Client.GetCandlesAsync(Days(50, "BTC-USDT"));
        Assert.That(_signals.Rows.GetMeasurementSnapshot(), Is.Empty);
    }

    [Test]
    public async Task Findings_OfManyKinds_AreOneLineASeriesAndOneCountARule()
    {
        await using var host = await StartAsync(
            options =>
            {
                foreach (var age in (int[])[300, 200, 100])
                    options.Defects.Add(Defect(CandleDefectKind.HighBelowLow, age, 1));
                foreach (var age in (int[])[50, 40])
                    options.Defects.Add(Defect(CandleDefectKind.Missing, age, 3));
            },
            build: _signals.Register);

        var batch = await host.Client.GetCandlesAsync(Days(400, "BTC-USDT", "ETH-USDT"));

        var lines = host.Log.GetSnapshot().Where(record => record.Id.Id == LogEventIds.CandleFindings).ToList();
        Assert.That(lines, Has.Count.EqualTo(1), "one series has findings");
        Assert.That(lines[0].Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(lines[0].Message, Does.Contain("BTC-USDT").And.Contains("3 error(s)"));
        Assert.That(Counts(), Is.EquivalentTo(batch.Series["BTC-USDT"].Coverage.Issues.CountBy(issue => issue.Rule).Select(rule => (rule.Key, (long)rule.Value))));
        Assert.That(Counts(), Does.Contain((ValidationRules.CandleHighLow, 3L)).And.Contains((ValidationRules.CandleGap, 2L)));
    }

    [Test]
    public async Task Findings_ThatThrow_AreCountedAndNotLoggedAsWell()
    {
        await using var host = await StartAsync(
            options => options.Defects.Add(Defect(CandleDefectKind.HighBelowLow, 50, 1)),
            options => options.Validation.OnError = ValidationAction.Throw,
            _signals.Register);

        var batch = await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"));

        Assert.That(batch.Failures["BTC-USDT"], Is.TypeOf<OkxValidationException>());
        Assert.That(Counts(), Does.Contain((ValidationRules.CandleHighLow, 1L)));
        Assert.That(host.Log.GetSnapshot().Select(record => record.Id.Id), Has.None.EqualTo(LogEventIds.CandleFindings));
    }

    [Test]
    public async Task Signals_SoundSeries_SayNothingAndNeverNameTheInstrument()
    {
        await using var host = await StartAsync(options => options.Defects.Add(Defect(CandleDefectKind.Missing, 50, 1)), build: _signals.Register);

        await host.Client.GetCandlesAsync(Days(100, "ETH-USDT"));
        Assert.That(_signals.Findings.GetMeasurementSnapshot(), Is.Empty);
        Assert.That(host.Log.GetSnapshot().Where(record => record.Level >= LogLevel.Warning), Is.Empty);

        await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"));
        Assert.That(_signals.Findings.GetMeasurementSnapshot().SelectMany(finding => finding.Tags.Keys), Is.EqualTo(new[] { "rule" }));
        Assert.That(_signals.Rows.GetMeasurementSnapshot().SelectMany(row => row.Tags.Keys), Is.Not.Empty.And.All.EqualTo("result"));
    }

    private static CandleDefect Defect(CandleDefectKind kind, int age, int days) =>
        new() { Kind = kind, Symbol = "BTC-USDT", From = Today.AddDays(-age), To = Today.AddDays(-age + days) };

    private IEnumerable<(string Rule, long Count)> Counts() =>
        _signals.Findings.GetMeasurementSnapshot().GroupBy(finding => (string)finding.Tags["rule"]!).Select(rule => (rule.Key, rule.Sum(finding => finding.Value)));
}
