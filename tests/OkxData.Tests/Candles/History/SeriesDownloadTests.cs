using NUnit.Framework;
using OkxData.Candles.Archive;
using OkxData.Candles.History;
using OkxData.Errors;
using OkxData.Time;
using static OkxData.Tests.Candles.TestCandles;

namespace OkxData.Tests.Candles.History;

public sealed class SeriesDownloadTests
{
    [TestCase("51001", true, Description = "delisted")]
    [TestCase("50047", true, Description = "settled; another symbol holds its candles now")]
    [TestCase("51000", false, Description = "a wrong parameter says nothing of the instrument")]
    public void IsDelisted_OkxRefuses_TellsWhatIsGoneFromWhatIsWrong(string code, bool isDelisted)
    {
        var archived = ArchivedSeries.Nothing with { Candles = Run(At(2024, 1, 1), At(2024, 2, 1)), Covered = IntervalSet.Of(new Interval(At(2024, 1, 1), At(2024, 2, 1))) };
        var wanted = new Interval(At(2024, 1, 1), At(2024, 2, 3));
        var terms = PullTerms.At(At(2024, 2, 3), Days.Grid, 300);
        var download = new SeriesDownload(Days, wanted, archived, PagePlanner.Todo(wanted, archived.Covered, archived, Days.Grid), terms);
        var page = download.TakeShared(OkxData.Candles.CandleSource.Recent, terms)!;

        download.Fail(page, new OkxApiException("OKX said no.") { Code = code });

        Assert.That(download.IsDelisted, Is.EqualTo(isDelisted));
    }

    [Test]
    public void AdviceFor_Settled_NamesTheJoin() => Assert.That(OkxErrorCodes.AdviceFor("50047"), Does.Contain("JoinHistoryAsync"));
}
