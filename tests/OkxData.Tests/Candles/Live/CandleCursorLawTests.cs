using CsCheck;
using NUnit.Framework;
using OkxData.Candles.Live;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.Live;

/// <summary>Whatever is lost, doubled or overtaken on the way: with a truthful history each finished candle comes once and in order.</summary>
[TestFixture]
internal sealed class CandleCursorLawTests
{
    private const long Minute = 60_000;
    private const int Bars = 60;
    private static readonly long Start = TestCandles.At(2026, 6, 15);

    [Test]
    public void TryTake_AnyDeliveryAndATruthfulHistory_GivesEachFinishedCandleOnceInOrder()
    {
        var bar = Gen.Int[0, Bars - 1];
        var act = Gen.OneOf(
            bar.Select(at => (Act: 'f', At: at)),
            bar.Select(at => (Act: 'o', At: at)),
            Gen.Const((Act: 'h', At: 0)),
            Gen.Const((Act: 't', At: 0)));
        Gen.Select(act.Array[0, 400], Gen.ULong, Gen.Int[0, 20]).Sample((acts, lacking, start) =>
        {
            var exists = Enumerable.Range(0, Bars).Where(at => at >= 48 || (lacking >> at & 1) == 0 || at % 3 != 0).ToHashSet();
            var cursor = new CandleCursor("BTC-USDT", BarSize.OneMinute.ToGrid());
            cursor.Start(Start + start * Minute);
            var given = new List<CandleUpdate>();
            var clock = 0; // bars before it have closed
            foreach (var (what, at) in acts)
            {
                if (what == 'f' && exists.Contains(at))
                {
                    cursor.Take(TestCandles.Candle(Start + at * Minute), CandleOrigin.Live, out _);
                    clock = Math.Max(clock, at + 1);
                }
                else if (what == 'o' && exists.Contains(at))
                {
                    cursor.Take(TestCandles.Candle(Start + at * Minute, isFinished: false), CandleOrigin.Live, out _);
                    clock = Math.Max(clock, at);
                }
                else if (what == 'h')
                {
                    Refill(cursor, exists, clock);
                }
                else
                {
                    Drain(cursor, given);
                }
            }

            for (var round = 0; round < 3; round++)
            {
                cursor.Take(TestCandles.Candle(Start + (Bars - 1) * Minute), CandleOrigin.Live, out _);
                Refill(cursor, exists, Bars);
                Drain(cursor, given);
            }

            var expected = exists.Where(at => at >= start).Order().ToList();
            var named = given.Where(update => update.MissingBefore is not null).SelectMany(update =>
                Enumerable.Range(0, Bars).Where(at => update.MissingBefore!.Value.Contains(UnixTime.FromMilliseconds(Start + at * Minute)))).ToList();
            var missing = Enumerable.Range(start, Bars - start).Where(at => !exists.Contains(at)).ToList();
            return given.Where(update => update.Candle.IsFinished).Select(BarOf).SequenceEqual(expected)
                && named.Distinct().Order().SequenceEqual(missing)
                && IsInOrder(given);
        });
    }

    private static int BarOf(CandleUpdate update) => (int)((update.Candle.OpenTime.ToUnixTimeMilliseconds() - Start) / Minute);

    /// <summary>No forming candle comes after its finished one, or before an older finished one.</summary>
    private static bool IsInOrder(List<CandleUpdate> given) =>
        given.Zip(given.Skip(1)).All(pair => BarOf(pair.First) < BarOf(pair.Second) || (BarOf(pair.First) == BarOf(pair.Second) && !pair.First.Candle.IsFinished));

    private static void Refill(CandleCursor cursor, HashSet<int> exists, int clock)
    {
        if (cursor.Missing(Start + clock * Minute) is not { } missing)
            return;

        var absent = new List<Interval>();
        for (var opening = missing.Start; opening < missing.End; opening += Minute)
        {
            if (exists.Contains((int)((opening - Start) / Minute)))
                cursor.Take(TestCandles.Candle(opening), CandleOrigin.Refill, out _);
            else
                absent.Add(new Interval(opening, opening + Minute));
        }

        cursor.MarkAbsent(IntervalSet.Of(absent));
    }

    private static void Drain(CandleCursor cursor, List<CandleUpdate> given)
    {
        while (cursor.TryTake(out var update))
            given.Add(update);
        if (cursor.TryTakeForming(out var forming))
            given.Add(forming);
    }
}
