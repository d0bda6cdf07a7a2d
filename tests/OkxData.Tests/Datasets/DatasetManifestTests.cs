using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Datasets;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using static OkxData.Tests.Datasets.ContentHashTests;

namespace OkxData.Tests.Datasets;

internal sealed class DatasetManifestTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.FromHours(2)));

    [Test]
    public void Create_OfABatch_SaysWhatItStandsOn()
    {
        var manifest = DatasetManifest.Create(CandleBatch.Create([Days(0, 1826)], new Dictionary<string, OkxException> { ["X-USDT"] = new OkxTransportException("away") }), Clock);
        var series = manifest.Series.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest.CreatedAt, Is.EqualTo(Clock.GetUtcNow()));
            Assert.That(manifest.CreatedAt.Offset, Is.EqualTo(TimeSpan.Zero));
            Assert.That(manifest.Failed, Is.EqualTo(new[] { "X-USDT" }));
            Assert.That((series.Symbol, series.Bar, series.Rows, series.First, series.Last), Is.EqualTo(("BTC-USDT", "1Dutc", 1826, (DateTimeOffset?)Whole.Start, (DateTimeOffset?)Whole.Start.AddDays(1825))));
            Assert.That(series.ContentHash, Is.EqualTo(Days(0, 1826).ContentHash));
            Assert.That(series.Blocks.Select(block => block.Rows), Is.EqualTo(new[] { 500, 500, 500, 326 }));
        }
    }

    [Test]
    public async Task SaveAndLoad_ThenCompare_IsTheSame()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"manifest-{Guid.NewGuid():N}.json");
        try
        {
            var manifest = DatasetManifest.Create(CandleBatch.Create([Days(0, 700)]), Clock);
            await manifest.SaveAsync(path);
            await manifest.SaveAsync(path);
            var loaded = await DatasetManifest.LoadAsync(path);

            Assert.That(loaded.ToJson(), Is.EqualTo(manifest.ToJson()));
            Assert.That(loaded.Compare(CandleBatch.Create([Days(0, 700)])).IsSame);
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.tmp"), Is.Empty);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Compare_MoreBeforeAndAfter_IsExtended()
    {
        var comparison = DatasetManifest.Create(CandleBatch.Create([Days(100, 700)]), Clock).Compare(CandleBatch.Create([Days(0, 900)]));
        Assert.That((comparison.Series[0].Verdict, comparison.IsSame, comparison.HoldsAll), Is.EqualTo((SeriesVerdict.Extended, false, true)));
        Assert.That(comparison.Series[0].Message, Does.Contain("700 candles and 200 more"));
    }

    [Test]
    public void Compare_AnyCandleChanged_SaysWhere([Values(0, 499, 500, 1234, 1825)] int day)
    {
        var rows = Days(0, 1826).ToArray();
        rows[day] = rows[day] with { Close = rows[day].Close + 0.00000001m };
        var comparison = DatasetManifest.Create(CandleBatch.Create([Days(0, 1826)]), Clock).Compare(CandleBatch.Create([Series(rows)]));

        Assert.That((comparison.Series[0].Verdict, comparison.HoldsAll), Is.EqualTo((SeriesVerdict.Changed, false)));
        Assert.That(comparison.Series[0].Changes.Single().Contains(rows[day].OpenTime));
        Assert.That(comparison.ToString(), Is.EqualTo("1 changed"));
    }

    [Test]
    public void Compare_CandleGone_IsChanged([Values(0, 499, 500, 1825)] int day)
    {
        var rows = Days(0, 1826).Where((_, index) => index != day);
        var change = DatasetManifest.Create(CandleBatch.Create([Days(0, 1826)]), Clock).Compare(CandleBatch.Create([Series(rows)])).Series[0];
        Assert.That(change.Verdict, Is.EqualTo(SeriesVerdict.Changed));
        Assert.That(change.Changes.Single().Contains(Whole.Start.AddDays(day)));
    }

    [Test]
    public void Compare_GapFilledLater_IsChanged([Values(3, 500)] int day)
    {
        var then = Days(0, 1826).Where((_, index) => index != day);
        var change = DatasetManifest.Create(CandleBatch.Create([Series(then)]), Clock).Compare(CandleBatch.Create([Days(0, 1826)])).Series[0];
        Assert.That(change.Verdict, Is.EqualTo(SeriesVerdict.Changed), "a backtest that ran over a hole may run otherwise without it");
        Assert.That(change.Changes.Single().Contains(Whole.Start.AddDays(day)));
    }

    [Test]
    public void Compare_MissingAddedAndOtherBar_AreNamed()
    {
        var manifest = DatasetManifest.Create(CandleBatch.Create([Days(0, 10), CandleSeries.Create("ETH-USDT", BarSize.OneDay, Whole, [Candle(0, 1)])]), Clock);
        var hour = new UtcRange(Whole.Start, Whole.Start.AddHours(1));
        var comparison = manifest.Compare(CandleBatch.Create([CandleSeries.Create("ETH-USDT", BarSize.OneHour, hour, [Candle(0, 1)]), CandleSeries.Create("SOL-USDT", BarSize.OneDay, Whole, [])]));

        Assert.That(comparison.Series.Select(series => (series.Symbol, series.Verdict)), Is.EqualTo(new[]
        {
            ("BTC-USDT", SeriesVerdict.Missing), ("ETH-USDT", SeriesVerdict.Changed), ("SOL-USDT", SeriesVerdict.Added),
        }));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"format":99,"library":"9","createdAt":"2030-01-01T00:00:00Z","series":[]}""")]
    [TestCase("""{"format":1,"library":"1","createdAt":"2030-01-01T00:00:00Z","series":[null]}""")]
    public void Parse_NoManifest_SaysSo(string json) =>
        Assert.That(() => DatasetManifest.Parse(json), Throws.InstanceOf<FormatException>().With.Message.Contains("manifest"));

    [TestCase("\"symbol\": \"BTC-USDT\"", "\"symbol\": null", "missing")]
    [TestCase("\"symbol\": \"BTC-USDT\"", "\"symbol\": \"ETH-USDT\"", "ETH-USDT stands in it twice")]
    [TestCase("\"bar\": \"1Dutc\"", "\"bar\": \"1Q\"", "unknown bar '1Q'")]
    [TestCase("\"rows\": 600", "\"rows\": 599", "has 599 rows, and 600 in its blocks")]
    [TestCase("\"rows\": 500", "\"rows\": 0", "a block of 0 rows")]
    [TestCase("\"rows\": 500", "\"rows\": 499", "has 600 rows, and 599 in its blocks")]
    [TestCase("\"blocks\": [", "\"blocks\": [ null,", "a block without a hash")]
    [TestCase("\"blocks\": [", "\"blocks\": [ {\"first\":\"0001-01-01T00:00:00Z\",\"last\":\"9999-12-31T23:59:59Z\",\"rows\":1,\"contentHash\":\"00\"},", "out of its range")]
    [TestCase("\"failed\": []", "\"failed\": null", "missing")]
    [TestCase("\"format\": 1,", "", "its form is 0 or not named")]
    public void Parse_EditedByHand_NamesWhatIsWrong(string part, string other, string fault)
    {
        var batch = CandleBatch.Create([Days(0, 600), CandleSeries.Create("ETH-USDT", BarSize.OneDay, Whole, [Candle(0, 1)])]);
        var json = DatasetManifest.Create(batch, Clock).ToJson();
        var at = json.IndexOf(part, StringComparison.Ordinal);
        Assert.That(at, Is.Not.Negative, json);

        Assert.That(() => DatasetManifest.Parse(json.Remove(at, part.Length).Insert(at, other)), Throws.TypeOf<FormatException>().With.Message.Contains(fault));
    }

    [Test]
    public void Parse_BlockThatBeginsWhereAnotherEnds_IsRefused()
    {
        var manifest = DatasetManifest.Create(CandleBatch.Create([Days(0, 600)]), Clock);
        var series = manifest.Series[0];
        var overlapping = series with { Rows = 601, Blocks = [series.Blocks[0], series.Blocks[1] with { First = series.Blocks[0].Last, Rows = 101 }] };

        Assert.That(() => DatasetManifest.Parse((manifest with { Series = [overlapping] }).ToJson()), Throws.TypeOf<FormatException>().With.Message.Contains("out of order"));
    }

    [TestCase("9999-12-31T00:00:00Z", Description = "after which no bar opens")]
    [TestCase("2099-01-01T12:00:00Z", Description = "in the middle of a bar")]
    public void Parse_BlockThatEndsAtNoOpening_IsRefusedBeforeItIsCompared(string last)
    {
        var end = DateTimeOffset.Parse(last, CultureInfo.InvariantCulture);
        var manifest = DatasetManifest.Create(CandleBatch.Create([Days(0, 10)]), Clock);
        var series = manifest.Series[0] with { To = end.AddHours(1), Blocks = [manifest.Series[0].Blocks[0] with { Last = end }] };

        Assert.That(() => DatasetManifest.Parse((manifest with { Series = [series] }).ToJson()), Throws.TypeOf<FormatException>().With.Message.Contains("no openings of 1Dutc"));
    }

    [TestCase(0)]
    [TestCase(10)]
    [TestCase(600)]
    public void Compare_HashOfTheWholeEdited_IsChangedAndSaysSo(int count)
    {
        var batch = CandleBatch.Create([Days(0, count)]);
        var manifest = DatasetManifest.Create(batch, Clock);
        Assert.That(manifest.Compare(batch).IsSame);

        var change = (manifest with { Series = [manifest.Series[0] with { ContentHash = new string('0', 32) }] }).Compare(batch).Series[0];

        Assert.That((change.Verdict, change.Changes.Single()), Is.EqualTo((SeriesVerdict.Changed, Whole)));
        Assert.That(change.Message, Does.Contain("edited or damaged"));
    }

    [Test]
    public void ToJson_ForeignCulture_IsTheSame([Values("de-DE", "ar-SA", "fa-IR", "th-TH")] string culture)
    {
        var expected = DatasetManifest.Create(CandleBatch.Create([Days(0, 10)]), Clock);
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var made = DatasetManifest.Create(CandleBatch.Create([Days(0, 10)]), Clock);
            Assert.That(made.ToJson(), Is.EqualTo(expected.ToJson()));
            Assert.That(DatasetManifest.Parse(made.ToJson()).Compare(CandleBatch.Create([Days(0, 10)])).IsSame);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CandleSeries Days(int first, int count) => Series(Enumerable.Range(first, count).Select(day => Candle(day, 100 + day / 7m)));
}
