using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Validation;
using static OkxData.Tests.Validation.TestCandles;

namespace OkxData.Tests.Validation;

public sealed class TickerRulesTests
{
    private static readonly Ticker Sound = new() { Symbol = Symbol, Price = 100m, Bid = 99m, Ask = 99m, Volume24h = 0m, BaseVolume24h = 3m, Timestamp = Start.AddMilliseconds(5) };

    [Test]
    public void Inspect_SoundTicker_FindsNothing() => Assert.That(TickerRules.Inspect(Sound), Is.Empty);

    [Test]
    public void Inspect_OnlyAPrice_FindsNothing() => Assert.That(TickerRules.Inspect(new Ticker { Symbol = Symbol, Price = 1m }), Is.Empty);

    [Test]
    public void Inspect_BidAboveAsk_IsAWarningWithTheFigures()
    {
        var issue = TickerRules.Inspect(Sound with { Bid = 99.5m }).Single();

        Assert.That((issue.Rule, issue.Severity, issue.Range.IsEmpty), Is.EqualTo((ValidationRules.TickerCrossed, IssueSeverity.Warning, true)));
        Assert.That(issue.Message, Is.EqualTo("BTC-USDT 2024-01-01T00:00:00.005Z: the bid 99.5 is above the ask 99"));
    }

    [TestCase(0)]
    [TestCase(-0.5)]
    public void Inspect_PriceNotPositive_IsAnError(decimal price)
    {
        var issue = TickerRules.Inspect(Sound with { Price = price }).Single();

        Assert.That((issue.Rule, issue.Severity), Is.EqualTo((ValidationRules.TickerNonPositivePrice, IssueSeverity.Error)));
    }

    [Test]
    public void Inspect_NegativeVolume_IsAnErrorThatNamesTheUnit() =>
        Assert.That(
            new[] { Sound with { Volume24h = -1m }, Sound with { BaseVolume24h = -2m }, Sound with { Contracts24h = -3m } }.Select(ticker => TickerRules.Inspect(ticker).Single()).Select(issue => (issue.Rule, issue.Severity, issue.Message.Split(": ")[^1])),
            Is.EqualTo(new[]
            {
                (ValidationRules.TickerNegativeVolume, IssueSeverity.Error, "-1 in quote currency"),
                (ValidationRules.TickerNegativeVolume, IssueSeverity.Error, "-2 in base currency"),
                (ValidationRules.TickerNegativeVolume, IssueSeverity.Error, "-3 in contracts"),
            }));

    [Test]
    public void Inspect_AnyTicker_NeverThrowsAndIsSilentOnlyAboutSoundOnes() =>
        Gen.Select(AnyDecimal, AnyDecimal, AnyDecimal, AnyDecimal, AnyInstant).Sample((price, bid, ask, volume, time) =>
        {
            var ticker = new Ticker { Symbol = Symbol, Price = price, Bid = bid, Ask = ask, Volume24h = volume, Timestamp = time };
            return TickerRules.Inspect(ticker).Count == 0 == (price > 0m && volume >= 0m && bid <= ask);
        }, iter: 5_000);
}
