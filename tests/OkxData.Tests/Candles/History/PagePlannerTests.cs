using CsCheck;
using NUnit.Framework;
using OkxData.Candles.Archive;
using OkxData.Candles.History;
using OkxData.Models;
using OkxData.Time;
using static OkxData.Tests.Candles.TestCandles;

namespace OkxData.Tests.Candles.History;

public sealed class PagePlannerTests
{
    private static readonly BarGrid Grid = BarSize.OneDay.ToGrid();

    [Test]
    public void Todo_NothingHeld_IsWhatIsWanted()
    {
        var wanted = new Interval(At(2024, 1, 1), At(2024, 3, 1));

        var todo = PagePlanner.Todo(wanted, IntervalSet.Empty, ArchivedSeries.Nothing, Grid);

        Assert.That(todo, Is.EqualTo(new[] { wanted }));
    }

    [Test]
    public void Todo_TailMissing_BeginsWithTheLastStoredCandle()
    {
        var archived = Held(At(2024, 1, 1), At(2024, 2, 1));

        var todo = PagePlanner.Todo(new Interval(At(2024, 1, 1), At(2024, 2, 3)), archived.Covered, archived, Grid);

        Assert.That(todo, Is.EqualTo(new[] { new Interval(At(2024, 1, 31), At(2024, 2, 3)) }));
    }

    [Test]
    public void Todo_BeginningMissing_EndsWithTheFirstStoredCandle()
    {
        var archived = Held(At(2024, 1, 10), At(2024, 2, 1));

        var todo = PagePlanner.Todo(new Interval(At(2024, 1, 1), At(2024, 2, 1)), archived.Covered, archived, Grid);

        Assert.That(todo, Is.EqualTo(new[] { new Interval(At(2024, 1, 1), At(2024, 1, 11)) }));
    }

    [Test]
    public void Todo_FarFromAllThatIsHeld_TakesTheNearestStoredCandleAlong()
    {
        var archived = Held(At(2024, 1, 1), At(2024, 2, 1));

        var todo = PagePlanner.Todo(new Interval(At(2024, 3, 1), At(2024, 3, 5)), archived.Covered, archived, Grid);

        Assert.That(todo, Is.EqualTo(new[] { new Interval(At(2024, 1, 31), At(2024, 2, 1)), new Interval(At(2024, 3, 1), At(2024, 3, 5)) }));
    }

    [Test]
    public void Todo_AllHeld_IsEmpty()
    {
        var archived = Held(At(2024, 1, 1), At(2024, 2, 1));

        Assert.That(PagePlanner.Todo(new Interval(At(2024, 1, 5), At(2024, 2, 1)), archived.Covered, archived, Grid), Is.Empty);
    }

    [Test]
    public void FirstPage_HolesWithinOneReply_AreOnePage()
    {
        var todo = IntervalSet.Of(new Interval(0, Day), new Interval(200 * Day, 210 * Day), new Interval(290 * Day, 400 * Day));

        Assert.That(PagePlanner.FirstPage(todo, Grid, 300), Is.EqualTo(new Interval(0, 300 * Day)));
    }

    [Test]
    public void FirstPage_LastHoleEndsEarly_EndsWithIt()
    {
        var todo = IntervalSet.Of(new Interval(0, Day), new Interval(200 * Day, 210 * Day), new Interval(900 * Day, 901 * Day));

        Assert.That(PagePlanner.FirstPage(todo, Grid, 300), Is.EqualTo(new Interval(0, 210 * Day)));
    }

    [Test]
    public void HistoryBoundary_FiveYearsOfDays_PagesBeforeTheBoundRunOverIt()
    {
        // 1,826 bars: the pages begin 1,826, 1,526, 1,226 … bars ago; the first two begin before the newest 1,420.
        var now = At(2026, 1, 1);
        var todo = IntervalSet.Of(new Interval(now - 1826 * Day, now));

        var boundary = PagePlanner.HistoryBoundary(todo, Grid, PullTerms.At(now + 1, Grid, 300));

        Assert.That(boundary, Is.EqualTo(now - 1226 * Day));
    }

    [Test]
    public void HistoryBoundary_ThreeYearsOfDays_LeavesEverythingToBoth()
    {
        var now = At(2026, 1, 1);
        var todo = IntervalSet.Of(new Interval(now - 1096 * Day, now));

        Assert.That(PagePlanner.HistoryBoundary(todo, Grid, PullTerms.At(now + 1, Grid, 300)), Is.LessThanOrEqualTo(todo[0].Start));
    }

    [Test]
    public void LeadingStart_OlderCandleHeld_IsNone()
    {
        var todo = IntervalSet.Of(new Interval(At(2024, 2, 1), At(2024, 3, 1)));

        Assert.That(PagePlanner.LeadingStart(todo, Held(At(2024, 1, 1), At(2024, 2, 1))), Is.Null);
        Assert.That(PagePlanner.LeadingStart(todo, ArchivedSeries.Nothing), Is.EqualTo(At(2024, 2, 1)));
    }

    [Test]
    public void Pages_AnyHoles_CoverThemAllAndNoPageIsLongerThanAReply() =>
        Gen.Select(Gen.Int[0, 2_000], Gen.Int[1, 900]).List[1, 6].Sample(holes =>
        {
            var todo = IntervalSet.Of(holes.Select(hole => new Interval(hole.Item1 * Day, (hole.Item1 + hole.Item2) * Day)));
            var left = todo;
            while (!left.IsEmpty)
            {
                var page = PagePlanner.FirstPage(left, Grid, 300);
                Assert.That(Grid.CountBetween(page.Start, page.End), Is.InRange(1, 300));
                Assert.That(left.Contains(page.Start) && left.Contains(page.End - Day), Is.True, "a page begins and ends with an opening that is asked for");
                left = left.Except([page]);
            }
        }, iter: 2_000);

    private static ArchivedSeries Held(long from, long to) => ArchivedSeries.Nothing with
    {
        Candles = Run(from, to),
        Covered = IntervalSet.Of(new Interval(from, to)),
        FetchedAt = to,
    };
}
