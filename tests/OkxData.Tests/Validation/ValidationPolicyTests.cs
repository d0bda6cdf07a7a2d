using CsCheck;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.Tests.Validation.TestCandles;

namespace OkxData.Tests.Validation;

public sealed class ValidationPolicyTests
{
    private static readonly Candle[] Candles = [Day(0), Day(1) with { High = 1m }, Day(2), Day(3, 900m)];
    private static readonly DataIssue[] Issues =
    [
        CandleIssues.PriceSpike(Symbol, BarSize.OneDay, Candles[2], Candles[3]),
        CandleIssues.HighLow(Symbol, BarSize.OneDay, Candles[1]),
    ];

    [Test]
    public void Apply_Report_KeepsEveryRowWithoutACopyAndSortsTheFindings()
    {
        ReadOnlyMemory<Candle> rows = Candles;

        var result = Apply(new ValidationOptions());

        Assert.That(result.Candles, Is.EqualTo(rows));
        Assert.That(result.Issues, Is.EqualTo(new[] { Issues[1], Issues[0] }));
    }

    [Test]
    public void Apply_DropErrors_RemovesOnlyTheRowsWithErrors()
    {
        var result = Apply(new ValidationOptions { OnError = ValidationAction.Drop });

        Assert.That(result.Candles.ToArray(), Is.EqualTo(new[] { Candles[0], Candles[2], Candles[3] }));
        Assert.That(result.Issues, Has.Count.EqualTo(2));
    }

    [Test]
    public void Apply_DropWarnings_RemovesOnlyTheRowsWithWarnings() =>
        Assert.That(Apply(new ValidationOptions { OnWarning = ValidationAction.Drop }).Candles.ToArray(), Is.EqualTo(Candles[..3]));

    [Test]
    public void Apply_ThrowOnErrors_ThrowsWithTheWholeReport()
    {
        var thrown = Assert.Throws<OkxValidationException>(() => Apply(new ValidationOptions { OnError = ValidationAction.Throw }))!;

        Assert.That(thrown.Report, Is.EqualTo(new[] { Issues[1], Issues[0] }));
        Assert.That(thrown.Message, Does.Contain(Symbol).And.Contain("OneDay").And.Contain(ValidationRules.CandleHighLow).And.Contain("2024-01-02T00:00:00Z").And.Contain("high 1,").And.Not.Contain(ValidationRules.CandlePriceSpike));
    }

    [Test]
    public void Apply_ThrowOnErrorsWithoutAny_DoesNotThrow()
    {
        var options = new ValidationOptions { OnError = ValidationAction.Throw };

        Assert.That(() => ValidationPolicy.Apply(Symbol, BarSize.OneDay, Candles, Issues[..1], options), Throws.Nothing);
    }

    [Test]
    public void Apply_InformationUnderTheStrictestOptions_IsReported()
    {
        var options = new ValidationOptions { OnError = ValidationAction.Throw, OnWarning = ValidationAction.Throw };

        var result = ValidationPolicy.Apply(Symbol, BarSize.OneDay, Candles, [CandleIssues.Duplicate(Symbol, BarSize.OneDay, Candles[0])], options);

        Assert.That((result.Candles.Length, result.Issues.Count), Is.EqualTo((4, 1)));
    }

    [Test]
    public void Apply_DropWithAFindingOfNoTime_RemovesNothing()
    {
        var issue = CandleIssues.BrokenRow(Symbol, BarSize.OneDay, 17, null, "its time 'x' is not a number");

        var result = ValidationPolicy.Apply(Symbol, BarSize.OneDay, Candles, [issue], new ValidationOptions { OnError = ValidationAction.Drop });

        Assert.That(result.Candles.Length, Is.EqualTo(4));
    }

    [Test]
    public void Apply_Drop_RemovesExactlyTheRowsWithErrors()
    {
        var options = new ValidationOptions { OnError = ValidationAction.Drop };
        Gen.Select(AnyBar, AnyCandle.Array[0, 12]).SelectMany((bar, broken) => SoundSeries(bar).Select(sound => (bar, rows: Mix(sound, broken)))).Sample((bar, rows) =>
        {
            var issues = new List<DataIssue>();
            foreach (var row in rows)
                CandleRules.Inspect(Symbol, bar, in row, long.MaxValue, issues);
            var kept = ValidationPolicy.Apply(Symbol, bar, rows, issues, options).Candles.ToArray();

            // The very last tick of the calendar has no range; OKX writes milliseconds and cannot name it.
            return kept.SequenceEqual(rows.Where(row => CandleRules.IsSound(in row, bar.ToGrid(), long.MaxValue) || row.OpenTime == DateTimeOffset.MaxValue));
        }, iter: 3_000);
    }

    private static ValidatedCandles Apply(ValidationOptions options) => ValidationPolicy.Apply(Symbol, BarSize.OneDay, Candles, Issues, options);

    private static Candle[] Mix(Candle[] sound, Candle[] broken) => [.. sound.Concat(broken).DistinctBy(row => row.OpenTime).OrderBy(row => row.OpenTime)];
}
