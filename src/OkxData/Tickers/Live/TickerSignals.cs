using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;
using OkxData.Http;
using OkxData.Validation;

namespace OkxData.Tickers.Live;

/// <summary>What pushed tickers are counted as, and what is logged of them.</summary>
internal sealed class TickerSignals(IMeterFactory meterFactory, TimeProvider timeProvider, ILogger logger)
{
    private readonly ValidationMetrics _findings = new(meterFactory);
    private readonly LogThrottle _throttle = new(timeProvider);

    private readonly Counter<long> _conflated = meterFactory.Create(OkxDataDiagnostics.MeterName)
        .CreateCounter<long>(OkxDataDiagnostics.StreamConflated, "{ticker}", "Pushed tickers that a newer one replaced before they were read.");

    public void Conflated() => _conflated.Add(1);

    public void WithoutTime(string symbol) => LeftOut(new RowRefusal(ValidationRules.TickerBrokenRow, symbol, "no row of it has a ts", IsBroken: true));

    public void OfTheFuture(string symbol, long milliseconds) => LeftOut(new RowRefusal(
        ValidationRules.TickerFuture, symbol, string.Create(CultureInfo.InvariantCulture, $"its ts {milliseconds} is more than {PushedTimes.Tolerance.TotalMinutes} min ahead of OKX's clock"), IsBroken: true));

    public void LeftOut(RowRefusal refusal)
    {
        _findings.Found(refusal.Rule);
        if (!_throttle.Allows(out var count))
            return;

        TickerLog.PushesLeftOut(logger, count, refusal.Name is { } name ? $"{ServerText.Clean(name)}: {refusal.Reason}" : refusal.Reason);
    }
}
