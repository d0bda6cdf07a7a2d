using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Time;

[TestFixture]
public sealed class BarGridTests
{
    private const long Hour = 3_600_000;
    private const long Longest = 31 * 24 * Hour;

    private static readonly BarSize[] Bars = Enum.GetValues<BarSize>();

    // Far enough from the ends of the calendar that a bar before and after still exists; real and negative times get their share.
    private static readonly Gen<long> Instants = Gen.OneOf(
        Gen.Long[UnixTime.MinMilliseconds + 80 * Longest, UnixTime.MaxMilliseconds - 80 * Longest],
        Gen.Long[1_500_000_000_000, 1_900_000_000_000],
        Gen.Long[-2 * Longest, 2 * Longest],
        Gen.Int[1969, 2032].Select(year => UnixTime.ToMilliseconds(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero))));

    private static readonly Gen<BarSize> AnyBar = Gen.Int[0, Bars.Length - 1].Select(i => Bars[i]);

    [Test]
    public void Floor_AnyInstant_IsTheOpeningOfTheBarThatHoldsIt() =>
        Gen.Select(AnyBar, Instants).Sample((bar, instant) =>
        {
            var grid = bar.ToGrid();
            var open = grid.Floor(instant);
            return open <= instant && instant < grid.Add(open, 1) && grid.Contains(open) && grid.Contains(instant) == (open == instant);
        });

    [Test]
    public void Ceiling_AnyInstant_IsTheFirstOpeningNotBeforeIt() =>
        Gen.Select(AnyBar, Instants).Sample((bar, instant) =>
        {
            var grid = bar.ToGrid();
            var open = grid.Ceiling(instant);
            return open >= instant && grid.Contains(open) && grid.Add(open, -1) < instant;
        });

    [Test]
    public void Add_AnyBars_ComesBackAndCounts() =>
        Gen.Select(AnyBar, Instants, Gen.Int[-60, 60]).Sample((bar, instant, bars) =>
        {
            var grid = bar.ToGrid();
            var open = grid.Floor(instant);
            var there = grid.Add(open, bars);
            return grid.Contains(there) && grid.Add(there, -bars) == open && Math.Sign(there - open) == Math.Sign(bars)
                && grid.CountBetween(open, there) == Math.Max(bars, 0);
        });

    [Test]
    public void CountBetween_Openings_EqualsWalkingThem() =>
        Gen.Select(AnyBar, Instants, Gen.Int[0, 40]).Sample((bar, instant, bars) =>
        {
            var grid = bar.ToGrid();
            var (from, at, walked) = (grid.Floor(instant), grid.Floor(instant), 0);
            for (; walked < bars; walked++)
                at = grid.Ceiling(at + 1);
            return grid.CountBetween(from, at) == walked && at == grid.Add(from, bars);
        });

    [Test]
    public void ShortestStep_AnyBar_IsNeverLongerThanTheBar() =>
        Gen.Select(AnyBar, Instants).Sample((bar, instant) =>
        {
            var grid = bar.ToGrid();
            var open = grid.Floor(instant);
            var length = grid.Add(open, 1) - open;
            return bar == BarSize.OneMonth ? length >= grid.ShortestStep && length <= Longest : length == grid.ShortestStep;
        });

    [TestCase(BarSize.OneDay, "2024-02-29T23:59:59.999Z", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z")]
    [TestCase(BarSize.OneDay, "1969-12-31T23:59:59.999Z", "1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z")]
    [TestCase(BarSize.OneWeek, "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z")]
    [TestCase(BarSize.OneWeek, "2024-01-07T23:00:00Z", "2024-01-01T00:00:00Z", "2024-01-08T00:00:00Z")]
    [TestCase(BarSize.OneWeek, "1970-01-01T00:00:00Z", "1969-12-29T00:00:00Z", "1970-01-05T00:00:00Z")]
    [TestCase(BarSize.OneWeek, "1960-02-29T12:00:00Z", "1960-02-29T00:00:00Z", "1960-03-07T00:00:00Z")]
    [TestCase(BarSize.OneMonth, "2024-02-29T12:00:00Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [TestCase(BarSize.OneMonth, "2023-12-31T23:59:59.999Z", "2023-12-01T00:00:00Z", "2024-01-01T00:00:00Z")]
    [TestCase(BarSize.OneMonth, "1969-11-30T00:00:00Z", "1969-11-01T00:00:00Z", "1969-12-01T00:00:00Z")]
    [TestCase(BarSize.OneMonth, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [TestCase(BarSize.TwelveHours, "2024-06-30T17:00:00Z", "2024-06-30T12:00:00Z", "2024-07-01T00:00:00Z")]
    [TestCase(BarSize.SixHours, "2024-06-30T17:59:00Z", "2024-06-30T12:00:00Z", "2024-06-30T18:00:00Z")]
    [TestCase(BarSize.ThreeMinutes, "2024-06-30T17:59:00Z", "2024-06-30T17:57:00Z", "2024-06-30T18:00:00Z")]
    public void Grid_KnownInstants_OpensOnTheUtcCalendar(BarSize bar, string instant, string floor, string ceiling)
    {
        var grid = bar.ToGrid();

        Assert.That(UnixTime.FromMilliseconds(grid.Floor(At(instant))), Is.EqualTo(UnixTime.FromMilliseconds(At(floor))));
        Assert.That(UnixTime.FromMilliseconds(grid.Ceiling(At(instant))), Is.EqualTo(UnixTime.FromMilliseconds(At(ceiling))));
    }

    [Test]
    public void CountBetween_EndBeforeStart_IsZero() =>
        Assert.That(Bars.Select(bar => bar.ToGrid().CountBetween(0, -40 * Longest)), Has.All.Zero);

    private static long At(string instant) => UnixTime.ToMilliseconds(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
}
