using NUnit.Framework;
using OkxData.Candles.Live;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.Live;

[TestFixture]
internal sealed class CandleCursorTests
{
    private const long Minute = 60_000;
    private static readonly long Start = TestCandles.At(2026, 6, 15);

    private static long At(int bar) => Start + bar * Minute;

    private static CandleCursor Cursor(bool isStarted = true)
    {
        var cursor = new CandleCursor("BTC-USDT", BarSize.OneMinute.ToGrid());
        if (isStarted)
            cursor.Start(At(0));
        return cursor;
    }

    private static RowFate Finished(CandleCursor cursor, int bar, CandleOrigin origin = CandleOrigin.Live) => cursor.Take(TestCandles.Candle(At(bar)), origin, out _);

    private static RowFate Forming(CandleCursor cursor, int bar, decimal volume = 1m) =>
        cursor.Take(TestCandles.Candle(At(bar), isFinished: false) with { Volume = volume }, CandleOrigin.Live, out _);

    private static List<CandleUpdate> Drain(CandleCursor cursor)
    {
        var given = new List<CandleUpdate>();
        while (cursor.TryTake(out var update))
            given.Add(update);
        return given;
    }

    private static int[] Bars(IEnumerable<CandleUpdate> updates) => [.. updates.Select(update => (int)((update.Candle.OpenTime.ToUnixTimeMilliseconds() - Start) / Minute))];

    [Test]
    public void TryTake_BeforeStart_GivesNothingAndKeepsTheRows()
    {
        var cursor = Cursor(isStarted: false);
        Finished(cursor, 0);
        Finished(cursor, 1);
        Assert.That(Drain(cursor), Is.Empty);

        cursor.Start(At(1));
        Assert.That(Bars(Drain(cursor)), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void TryTake_RowsOutOfOrderAndTwice_GivesEachOnceInOrder()
    {
        var cursor = Cursor();
        foreach (var bar in new[] { 2, 0, 2, 1, 0, 1 })
            Finished(cursor, bar);
        Assert.That(Bars(Drain(cursor)), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(Finished(cursor, 1), Is.EqualTo(RowFate.Known));
        Assert.That(Drain(cursor), Is.Empty);
    }

    [Test]
    public void TryTake_RowFromHistory_IsNotLive()
    {
        var cursor = Cursor();
        Finished(cursor, 0, CandleOrigin.Refill);
        Finished(cursor, 1);
        Assert.That(Drain(cursor).Select(update => update.IsLive), Is.EqualTo(new[] { false, true }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Take_OtherFiguresForAFinishedCandle_FirstStaysAndItIsSaid(bool isGiven)
    {
        var cursor = Cursor();
        var first = TestCandles.Candle(At(0));
        cursor.Take(in first, CandleOrigin.Live, out _);
        var given = isGiven ? Drain(cursor) : [];

        var fate = cursor.Take(first with { Close = first.Close + 1m }, CandleOrigin.Refill, out var kept);
        given.AddRange(Drain(cursor));

        Assert.That(fate, Is.EqualTo(RowFate.Conflict));
        Assert.That(kept, Is.EqualTo(first));
        Assert.That(given.Select(update => update.Candle), Is.EqualTo(new[] { first }));
    }

    [Test]
    public void Missing_NextBarForms_NothingIsMissing()
    {
        var cursor = Cursor();
        Forming(cursor, 0);
        Assert.That(cursor.Missing(At(0)), Is.Null);
    }

    [Test]
    public void Missing_LaterBarForms_NamesAllBetween()
    {
        var cursor = Cursor();
        Forming(cursor, 3);
        Assert.That(cursor.Missing(At(0)), Is.EqualTo(new Interval(At(0), At(3))));
    }

    [Test]
    public void Missing_RowsBetweenAreHeld_NamesFromTheFirstToTheLastHole()
    {
        var cursor = Cursor();
        Finished(cursor, 1);
        Finished(cursor, 3);
        Finished(cursor, 4);
        Assert.That(cursor.Missing(At(0)), Is.EqualTo(new Interval(At(0), At(3))));
    }

    [Test]
    public void Missing_TimeHasPassedInSilence_NamesWhatMustHaveClosed()
    {
        var cursor = Cursor();
        Assert.That(cursor.Missing(At(2)), Is.EqualTo(new Interval(At(0), At(2))));
    }

    [Test]
    public void Missing_MoreThanAPage_NamesAPage()
    {
        var cursor = Cursor();
        Forming(cursor, 5_000);
        Assert.That(cursor.Missing(At(0)), Is.EqualTo(new Interval(At(0), At(300))));
    }

    [Test]
    public void MarkAbsent_NewerRowIsThere_NamesTheHoleOnceBeforeIt()
    {
        var cursor = Cursor();
        Finished(cursor, 0);
        Finished(cursor, 4);
        Finished(cursor, 5);
        var learned = cursor.MarkAbsent(IntervalSet.Of(new Interval(At(1), At(4))));

        var given = Drain(cursor);
        Assert.That(learned, Is.EqualTo(new[] { new Interval(At(1), At(4)) }));
        Assert.That(Bars(given), Is.EqualTo(new[] { 0, 4, 5 }));
        Assert.That(given.Select(update => update.MissingBefore), Is.EqualTo(new UtcRange?[] { null, new Interval(At(1), At(4)).ToRange(), null }));
    }

    [Test]
    public void MarkAbsent_RowIsHeldAfterAll_IsGiven()
    {
        var cursor = Cursor();
        Finished(cursor, 1);
        var learned = cursor.MarkAbsent(IntervalSet.Of(new Interval(At(0), At(3))));
        Finished(cursor, 3);

        Assert.That(learned, Is.EqualTo(new[] { new Interval(At(0), At(1)), new Interval(At(2), At(3)) }));
        Assert.That(Drain(cursor).Select(update => (Bars([update])[0], update.MissingBefore)), Is.EqualTo(new (int, UtcRange?)[]
        {
            (1, new Interval(At(0), At(1)).ToRange()),
            (3, new Interval(At(2), At(3)).ToRange()),
        }));
    }

    [Test]
    public void MarkAbsent_KnownBefore_IsNotSaidAgain()
    {
        var cursor = Cursor();
        var hole = IntervalSet.Of(new Interval(At(0), At(2)));
        cursor.MarkAbsent(hole);
        Assert.That(cursor.MarkAbsent(hole), Is.Empty);
        Assert.That(cursor.Missing(At(2)), Is.Null);
    }

    [Test]
    public void TryTakeForming_SeveralOfOneBar_GivesTheNewestOnce()
    {
        var cursor = Cursor();
        Forming(cursor, 0, 1m);
        Forming(cursor, 0, 3m);
        Assert.That(Forming(cursor, 0, 2m), Is.EqualTo(RowFate.Known));
        Assert.That(cursor.TryTakeForming(out var update), Is.True);
        Assert.That(update.Candle.Volume, Is.EqualTo(3m));
        Assert.That(update.Candle.IsFinished, Is.False);
        Assert.That(Forming(cursor, 0, 2m), Is.EqualTo(RowFate.Known));
        Assert.That(cursor.TryTakeForming(out _), Is.False);
    }

    [Test]
    public void TryTakeForming_OwnBarHasFinished_GivesNothing()
    {
        var cursor = Cursor();
        Forming(cursor, 0, 1m);
        Finished(cursor, 0);
        Assert.That(cursor.TryTakeForming(out _), Is.False);
        Drain(cursor);
        Assert.That(Forming(cursor, 0, 5m), Is.EqualTo(RowFate.Known));
        Assert.That(cursor.TryTakeForming(out _), Is.False);
    }

    [Test]
    public void TryTakeForming_OlderBarIsOut_Waits()
    {
        var cursor = Cursor();
        Forming(cursor, 1);
        Assert.That(cursor.TryTakeForming(out _), Is.False);
        Finished(cursor, 0, CandleOrigin.Refill);
        Drain(cursor);
        Assert.That(cursor.TryTakeForming(out var update), Is.True);
        Assert.That(Bars([update]), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Take_ManyWaitForOne_HoldsNoMoreThanItsBoundAndAsksForTheRest()
    {
        var cursor = Cursor();
        for (var bar = 1_000; bar > 0; bar--)
            Finished(cursor, bar);
        Assert.That(Finished(cursor, 1_001), Is.EqualTo(RowFate.NoRoom));

        Finished(cursor, 0);
        Assert.That(Bars(Drain(cursor)), Is.EqualTo(Enumerable.Range(0, CandleCursor.MaxHeld)));
        Assert.That(cursor.Missing(At(0))?.Start, Is.EqualTo(At(CandleCursor.MaxHeld)));
    }

    [Test]
    public void TryTake_Months_StepsOnTheCalendar()
    {
        var cursor = new CandleCursor("BTC-USDT", BarSize.OneMonth.ToGrid());
        cursor.Start(TestCandles.At(2026, 1, 1));
        foreach (var month in new[] { 3, 2, 1 })
            cursor.Take(TestCandles.Candle(TestCandles.At(2026, month, 1)), CandleOrigin.Live, out _);
        Assert.That(Drain(cursor).Select(update => update.Candle.OpenTime.Month), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(cursor.Next, Is.EqualTo(TestCandles.At(2026, 4, 1)));
    }
}
