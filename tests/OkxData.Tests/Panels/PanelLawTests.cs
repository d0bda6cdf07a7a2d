using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Panels;

namespace OkxData.Tests.Panels;

/// <summary>What holds of every panel, over batches whose assets list late, have holes and end early.</summary>
[TestFixture]
public sealed class PanelLawTests
{
    private static readonly Gen<(CandleBatch Batch, int Cap)> Filled = Gen.Select(TestBatches.Some, Gen.Int[1, 5]);

    [Test]
    public void Mask_IsExact() => TestBatches.Some.Sample(batch =>
    {
        var panel = batch.ToPanel();
        return Cells(panel).All(cell => TestBatches.CloseOf(batch, panel.Symbols[cell.Column], panel.OpenTimes[cell.Row]) is { } close
            ? panel.Observed[cell.Row, cell.Column] && panel.Values[cell.Row, cell.Column] == (double)close
            : !panel.Observed[cell.Row, cell.Column] && double.IsNaN(panel.Values[cell.Row, cell.Column]));
    });

    [Test]
    public void Union_HasEveryCandleAndNoBarLess() => TestBatches.Some.Sample(batch =>
    {
        var panel = batch.ToPanel();
        var opens = batch.Series.Values.SelectMany(series => series).Where(candle => candle.IsFinished).Select(candle => candle.OpenTime).ToArray();
        var expected = opens.Length == 0 ? 0 : (int)(opens.Max() - opens.Min()).TotalDays + 1;
        return panel.Rows == expected && opens.All(panel.OpenTimes.Contains) && panel.OpenTimes.Zip(panel.OpenTimes.Skip(1)).All(pair => pair.Second - pair.First == TimeSpan.FromDays(1));
    });

    [Test]
    public void Values_WhateverThePolicy_AreNeverZero() => Filled.Sample(given =>
        new[] { MissingPrice.Nan, MissingPrice.ForwardFill(given.Cap) }.All(policy => given.Batch.ToPanel(missing: policy).Values.Cast<double>().All(value => value is > 0 or double.NaN)));

    [Test]
    public void ForwardFill_CarriesTheLastPriceWithinTheCapAndNoFurther() => Filled.Sample(given =>
    {
        var panel = given.Batch.ToPanel(missing: MissingPrice.ForwardFill(given.Cap));
        return Cells(panel).All(cell =>
        {
            // The nearest observed price at or before the bar, no more than the cap away: that one, else none.
            var source = Enumerable.Range(0, given.Cap + 1).Select(back => cell.Row - back).Where(row => row >= 0)
                .Select(row => TestBatches.CloseOf(given.Batch, panel.Symbols[cell.Column], panel.OpenTimes[row])).FirstOrDefault(close => close is not null);
            return source is { } close ? panel.Values[cell.Row, cell.Column] == (double)close : double.IsNaN(panel.Values[cell.Row, cell.Column]);
        });
    });

    [Test]
    public void ForwardFill_BeforeTheFirstCandle_FillsNothing() => Filled.Sample(given =>
    {
        var panel = given.Batch.ToPanel(missing: MissingPrice.ForwardFill(given.Cap));
        return Cells(panel).All(cell => double.IsNaN(panel.Values[cell.Row, cell.Column])
            || given.Batch.Series[panel.Symbols[cell.Column]].Any(candle => candle.IsFinished && candle.OpenTime <= panel.OpenTimes[cell.Row]));
    });

    [Test]
    public void ForwardFill_LeavesTheMaskAndCountsWhatItFilled() => Filled.Sample(given =>
    {
        var (bare, filled) = (given.Batch.ToPanel(), given.Batch.ToPanel(missing: MissingPrice.ForwardFill(given.Cap)));
        return Cells(bare).All(cell => bare.Observed[cell.Row, cell.Column] == filled.Observed[cell.Row, cell.Column])
            && Enumerable.Range(0, filled.Symbols.Count).All(column => filled.FillCounts[column] == Present(filled, column) - Present(bare, column))
            && bare.FillCounts.All(count => count == 0);
    });

    [Test]
    public void Intersection_IsTheRowsOfTheUnionWithoutAHole() => TestBatches.Some.Sample(batch =>
    {
        var (all, common) = (batch.ToPanel(), batch.ToPanel(alignment: Alignment.Intersection));
        var whole = Enumerable.Range(0, all.Rows).Where(row => Enumerable.Range(0, all.Symbols.Count).All(column => all.Observed[row, column])).ToArray();
        return common.OpenTimes.SequenceEqual(whole.Select(row => all.OpenTimes[row]))
            && Cells(common).All(cell => common.Observed[cell.Row, cell.Column] && common.Values[cell.Row, cell.Column] == all.Values[whole[cell.Row], cell.Column]);
    });

    [Test]
    public void Throw_ThrowsExactlyWhereAPriceIsMissing() => TestBatches.Some.Sample(batch =>
    {
        var panel = batch.ToPanel();
        var missing = Cells(panel).Where(cell => !panel.Observed[cell.Row, cell.Column]).Select(cell => panel.Symbols[cell.Column]).Distinct().Order(StringComparer.Ordinal);
        try
        {
            return batch.ToPanel(missing: MissingPrice.Throw).Rows == panel.Rows && !missing.Any();
        }
        catch (Errors.OkxValidationException refusal)
        {
            return missing.SequenceEqual(refusal.Report.Select(issue => issue.Message.Split(' ')[0]));
        }
    });

    [TestCase(Alignment.Union)]
    [TestCase(Alignment.Intersection)]
    public void Returns_AreNanExactlyWhereAPriceIsMissing(Alignment alignment) => Gen.Select(TestBatches.Some, Gen.Bool).Sample((batch, isLog) =>
    {
        var panel = batch.ToPanel(alignment: alignment);
        var returns = panel.ToReturns(isLog ? ReturnKind.Log : ReturnKind.Simple);
        return returns.Rows == Math.Max(panel.Rows - 1, 0) && returns.OpenTimes.SequenceEqual(panel.OpenTimes.Skip(1)) && Enumerable.Range(0, returns.Rows).All(row => Enumerable.Range(0, returns.Symbols.Count).All(column =>
        {
            var open = returns.OpenTimes[row];
            var (was, now) = (TestBatches.CloseOf(batch, returns.Symbols[column], open.AddDays(-1)), TestBatches.CloseOf(batch, returns.Symbols[column], open));
            if (alignment == Alignment.Intersection && panel.OpenTimes[row] != open.AddDays(-1))
                was = null;
            var value = returns.Values[row, column];
            return returns.Observed[row, column] == (was is not null && now is not null) && (was is { } before && now is { } after
                ? Math.Abs(value - (isLog ? Math.Log((double)after) - Math.Log((double)before) : (double)((after - before) / before))) < 1e-9 * Math.Max(1, Math.Abs(value))
                : double.IsNaN(value));
        }));
    });

    [Test]
    public void Window_KeepsWhatHadClosedAndNothingElse() => Gen.Select(TestBatches.Some, Gen.Int[-3 * 24, (TestBatches.Days + 3) * 24], Gen.Int[1, 40], Gen.Double[0, 1]).Sample((batch, hours, bars, share) =>
    {
        var asOf = TestBatches.Start.AddHours(hours);
        var panel = batch.ToPanel();
        var window = panel.Window(asOf, bars, share);
        var rows = Enumerable.Range(0, panel.Rows).Where(row => panel.CloseTime(row) <= asOf && panel.CloseTime(row) > asOf.AddDays(-bars)).ToArray();
        var kept = panel.Symbols.Where((_, column) => rows.Count(row => panel.Observed[row, column]) >= share * bars - 1e-6).ToArray();
        return window.Panel.OpenTimes.SequenceEqual(rows.Select(row => panel.OpenTimes[row]))
            && window.Panel.Symbols.SequenceEqual(kept)
            && window.Dropped.Select(asset => asset.Symbol).SequenceEqual(panel.Symbols.Except(kept))
            && Cells(window.Panel).All(cell => window.Panel.Values[cell.Row, cell.Column].Equals(panel.Values[rows[cell.Row], panel.IndexOf(window.Panel.Symbols[cell.Column])]));
    });

    [Test]
    public void Window_WhatComesLater_ChangesNothing() => Gen.Select(TestBatches.Some, Gen.Int[1, TestBatches.Days], Gen.Int[1, 40]).Sample((batch, day, bars) =>
    {
        var asOf = TestBatches.Day(day);
        var known = CandleBatch.Create(batch.Series.Values.Select(series => TestBatches.Series(series.Symbol, series.Where(candle => candle.OpenTime < asOf))));
        var (now, later) = (known.ToPanel().ToReturns().Window(asOf, bars, 0.5), batch.ToPanel().ToReturns().Window(asOf, bars, 0.5));
        return now.Panel.Symbols.SequenceEqual(later.Panel.Symbols)
            && now.Dropped.SequenceEqual(later.Dropped)
            && Known(now.Panel).SequenceEqual(Known(later.Panel));
    });

    /// <summary>The returns that are there; one batch may have an empty row where the other ends.</summary>
    private static IEnumerable<(DateTimeOffset Open, string Symbol, double Value)> Known(ReturnPanel panel) =>
        from row in Enumerable.Range(0, panel.Rows)
        from column in Enumerable.Range(0, panel.Symbols.Count)
        where !double.IsNaN(panel.Values[row, column])
        select (panel.OpenTimes[row], panel.Symbols[column], panel.Values[row, column]);

    private static int Present(PricePanel panel, int column) => Enumerable.Range(0, panel.Rows).Count(row => !double.IsNaN(panel.Values[row, column]));

    private static IEnumerable<(int Row, int Column)> Cells(PricePanel panel) =>
        from row in Enumerable.Range(0, panel.Rows)
        from column in Enumerable.Range(0, panel.Symbols.Count)
        select (row, column);
}
