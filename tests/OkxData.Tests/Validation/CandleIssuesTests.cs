using NUnit.Framework;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.Tests.Validation.TestCandles;

namespace OkxData.Tests.Validation;

public sealed class CandleIssuesTests
{
    private static readonly UtcRange FirstDay = new(Start, Start.AddDays(1));

    [Test]
    public void Revised_SaysBothFiguresAndThatTheStoredOnesAreKept()
    {
        var issue = CandleIssues.Revised(Symbol, BarSize.OneDay, Day(0, 64_649.9m), Day(0, 64_625m));

        Assert.That((issue.Rule, issue.Severity, issue.Range), Is.EqualTo((ValidationRules.CandleRevised, IssueSeverity.Warning, FirstDay)));
        Assert.That(issue.Message, Does.StartWith("BTC-USDT 1Dutc 2024-01-01T00:00:00Z: ").And.Contain("64649.9").And.Contain("64625").And.Contain("kept"));
    }

    [Test]
    public void PossibleRelisting_SaysBothClosesAndIsAnError()
    {
        var issue = CandleIssues.PossibleRelisting("LUNA-USDT", BarSize.OneDay, Day(0, 0.0001m), Day(0, 9.5m));

        Assert.That((issue.Rule, issue.Severity), Is.EqualTo((ValidationRules.CandlePossibleRelisting, IssueSeverity.Error)));
        Assert.That(issue.Message, Does.Contain("LUNA-USDT").And.Contain("0.0001").And.Contain("9.5"));
    }

    [Test]
    public void Vanished_SaysTheStoredCloseAndIsAPossibleRelisting()
    {
        var issue = CandleIssues.Vanished("ACT-USDT", BarSize.OneDay, Day(0, 0.03m));

        Assert.That((issue.Rule, issue.Severity, issue.Range), Is.EqualTo((ValidationRules.CandlePossibleRelisting, IssueSeverity.Error, FirstDay)));
        Assert.That(issue.Message, Does.StartWith("ACT-USDT 1Dutc 2024-01-01T00:00:00Z: ").And.Contain("0.03"));
    }

    [Test]
    public void Gap_SaysTheRangeAndTheCount()
    {
        var range = new UtcRange(Start, Start.AddDays(13));

        var issue = CandleIssues.Gap(Symbol, BarSize.OneDay, range, 13);

        Assert.That((issue.Rule, issue.Severity, issue.Range), Is.EqualTo((ValidationRules.CandleGap, IssueSeverity.Warning, range)));
        Assert.That(issue.Message, Is.EqualTo("BTC-USDT 1Dutc [2024-01-01T00:00:00Z, 2024-01-14T00:00:00Z): 13 bars are missing"));
    }

    [Test]
    public void BrokenRow_WithATime_ConcernsThatBar() =>
        Assert.That(CandleIssues.BrokenRow(Symbol, BarSize.OneDay, 4, Start, "the close 'abc' is not a number").Range, Is.EqualTo(FirstDay));

    [Test]
    public void BrokenRow_WithoutATime_ConcernsNone()
    {
        var issue = CandleIssues.BrokenRow(Symbol, BarSize.OneDay, 4, null, "it has 3 columns");

        Assert.That(issue.Range.IsEmpty, Is.True);
        Assert.That(issue.Message, Is.EqualTo("BTC-USDT 1Dutc at an unknown time: row 4 of the reply cannot be read: it has 3 columns"));
    }

    [Test]
    public void ConflictingDuplicate_SaysBothFigures() =>
        Assert.That(CandleIssues.ConflictingDuplicate(Symbol, BarSize.OneDay, Day(0, 10m), Day(0, 11m) with { Contracts = 5.25m }).Message, Does.Contain("close 10,").And.Contain("close 11,").And.Contain("contracts 5.25"));

    [TestCase(BarSize.OneMonth, "2024-02-01T00:00:00Z")]
    [TestCase(BarSize.OneWeek, "2024-01-08T00:00:00Z")]
    [TestCase(BarSize.OneMinute, "2024-01-01T00:01:00Z")]
    public void RangeOf_AnOpening_EndsAtTheNextOne(BarSize bar, string end) =>
        Assert.That(CandleIssues.RangeOf(bar, Start).End, Is.EqualTo(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture)));

    [Test]
    public void RangeOf_OffTheGrid_HoldsNoOpeningOfTheGrid() =>
        Assert.That(CandleIssues.RangeOf(BarSize.OneDay, Start.AddHours(16)), Is.EqualTo(new UtcRange(Start.AddHours(16), Start.AddDays(1))));
}
