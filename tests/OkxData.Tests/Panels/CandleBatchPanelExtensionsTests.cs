using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Panels;
using OkxData.Time;

namespace OkxData.Tests.Panels;

[TestFixture]
public sealed class CandleBatchPanelExtensionsTests
{
    [Test]
    public void ToPanel_TwoAssets_StandSideBySide()
    {
        var panel = TestBatches.Batch(TestBatches.Series("ETH-USDT", (1, 20m), (2, 21.5m)), TestBatches.Series("BTC-USDT", (0, 100m), (2, 102m))).ToPanel();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(panel.Symbols, Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }));
            Assert.That(panel.ToDates(), Is.EqualTo(new[] { new DateOnly(2024, 1, 1), new DateOnly(2024, 1, 2), new DateOnly(2024, 1, 3) }));
            Assert.That(panel.OpenTimes[0], Is.EqualTo(TestBatches.Start));
            Assert.That(panel.CloseTime(0), Is.EqualTo(TestBatches.Day(1)));
            Assert.That(panel.Values, Is.EqualTo(new[,] { { 100d, double.NaN }, { double.NaN, 20d }, { 102d, 21.5d } }));
            Assert.That(panel.Observed, Is.EqualTo(new[,] { { true, false }, { false, true }, { true, true } }));
            Assert.That((panel.Bar, panel.QuoteCurrency, panel.Rows, panel.IndexOf("eth/usdt")), Is.EqualTo((BarSize.OneDay, "USDT", 3, 1)));
        }
    }

    [TestCase(PriceField.Open, 99)]
    [TestCase(PriceField.High, 102)]
    [TestCase(PriceField.Low, 97)]
    [TestCase(PriceField.Close, 100)]
    public void ToPanel_Field_IsTheOneAskedFor(PriceField field, double expected) =>
        Assert.That(TestBatches.Batch(TestBatches.Series("BTC-USDT", (0, 100m))).ToPanel(field).Values[0, 0], Is.EqualTo(expected));

    [Test]
    public void ToPanel_HoleLongerThanTheCap_IsFilledUpToIt()
    {
        var panel = TestBatches.Batch(TestBatches.Run("BTC-USDT", 0, 8), TestBatches.Series("ETH-USDT", (2, 5m), (6, 6m))).ToPanel(missing: MissingPrice.ForwardFill(2));
        double[] eth = [.. Enumerable.Range(0, panel.Rows).Select(row => panel.Values[row, 1])];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(eth, Is.EqualTo(new[] { double.NaN, double.NaN, 5, 5, 5, double.NaN, 6, 6 }));
            Assert.That(panel.FillCounts, Is.EqualTo(new[] { 0, 3 }));
            Assert.That(panel.FillCount("ETH-USDT"), Is.EqualTo(3));
        }
    }

    [TestCase(ReturnKind.Log)]
    [TestCase(ReturnKind.Simple)]
    public void ToReturns_OfFilledPrices_CountAndAreNotObserved(ReturnKind kind)
    {
        var returns = TestBatches.Batch(TestBatches.Run("A-USDT", 0, 6, 2, 3, 4)).ToPanel(missing: MissingPrice.ForwardFill(1)).ToReturns(kind);

        // Days 0 1 . . . 5: one is filled, two are missing, and no return reaches over what is missing.
        Assert.That(Enumerable.Range(0, 5).Select(row => returns.Values[row, 0]), Is.EqualTo(new[] { kind == ReturnKind.Log ? Math.Log(101d / 100) : 101d / 100 - 1, 0, double.NaN, double.NaN, double.NaN }));
        Assert.That(Enumerable.Range(0, 5).Select(row => returns.Observed[row, 0]), Is.EqualTo(new[] { true, false, false, false, false }));
    }

    [Test]
    public void ToPanel_RangesThatDoNotMeet_HaveTheGapOrNoRows()
    {
        var batch = TestBatches.Batch(TestBatches.Run("A-USDT", 0, 3), TestBatches.Run("B-USDT", 10, 12), TestBatches.Series("C-USDT"));
        var (union, common) = (batch.ToPanel(), batch.ToPanel(alignment: Alignment.Intersection));

        Assert.That((union.Rows, union.Observed.Cast<bool>().Count(seen => seen)), Is.EqualTo((12, 5)));
        Assert.That((common.Rows, common.ToReturns().Rows, common.Symbols.Count), Is.EqualTo((0, 0, 3)));
        Assert.That(common.Window(TestBatches.Day(12), 5).Dropped.Select(dropped => dropped.Symbol), Is.EqualTo(new[] { "A-USDT", "B-USDT", "C-USDT" }));
        Assert.That(union.Window(TestBatches.Day(12), 2).Panel.Symbols, Is.EqualTo(new[] { "B-USDT" }));
    }

    [Test]
    public void ToPanel_WritingIntoAWindow_LeavesThePanelAlone()
    {
        var panel = TestBatches.Batch(TestBatches.Run("A-USDT", 0, 3)).ToPanel();
        var window = panel.Window(TestBatches.Day(3), 3).Panel;
        window.Values[0, 0] = -1;
        window.Observed[0, 0] = false;

        Assert.That((panel.Values[0, 0], panel.Observed[0, 0]), Is.EqualTo((100d, true)));
    }

    [Test]
    public void ToPanel_UnfinishedCandle_IsNotInIt()
    {
        var panel = TestBatches.Batch(TestBatches.Series("BTC-USDT", [TestBatches.Candle(0, 1m), TestBatches.Candle(1, 2m, isFinished: false)])).ToPanel();

        Assert.That(panel.Rows, Is.EqualTo(1));
    }

    [Test]
    public void ToPanel_PriceOfZero_IsMissing()
    {
        var panel = TestBatches.Batch(TestBatches.Series("BTC-USDT", (0, 1m), (1, 0m), (2, 1m))).ToPanel();

        Assert.That((panel.Values[1, 0], panel.Observed[1, 0]), Is.EqualTo((double.NaN, false)));
    }

    [Test]
    public void ToPanel_Throw_NamesTheAssetsAndTheirHoles()
    {
        var batch = TestBatches.Batch(TestBatches.Run("BTC-USDT", 0, 9), TestBatches.Run("ETH-USDT", 3, 9, 5), TestBatches.Run("SOL-USDT", 0, 9));

        var refusal = Assert.Throws<OkxValidationException>(() => batch.ToPanel(missing: MissingPrice.Throw))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Message, Does.Contain("ETH-USDT has no price in 4 of 9 bars, the first at 2024-01-01T00:00:00Z").And.Not.Contain("SOL"));
            Assert.That(refusal.Report.Single().Range, Is.EqualTo(new UtcRange(TestBatches.Start, TestBatches.Day(6))));
        }
    }

    [Test]
    public void ToPanel_QuoteCurrenciesMixed_NamesTheSymbols()
    {
        var batch = TestBatches.Batch(TestBatches.Run("BTC-USDT", 0, 3), TestBatches.Run("ETH-USDC", 0, 3), TestBatches.Run("SOL-USDT", 0, 3));

        Assert.That(() => batch.ToPanel(), Throws.ArgumentException.With.Message.Contains("USDT (BTC-USDT, SOL-USDT); USDC (ETH-USDC)").Or.Message.Contains("USDC (ETH-USDC); USDT (BTC-USDT, SOL-USDT)"));
    }

    [Test]
    public void ToPanel_BarsMixed_NamesTheSymbols()
    {
        var hours = CandleSeries.Create("ETH-USDT", BarSize.OneHour, new UtcRange(TestBatches.Start, TestBatches.Day(1)), []);

        Assert.That(() => TestBatches.Batch(TestBatches.Run("BTC-USDT", 0, 3), hours).ToPanel(), Throws.ArgumentException.With.Message.Contains("OneDay (BTC-USDT); OneHour (ETH-USDT)"));
    }

    [Test]
    public void ToPanel_NothingArrived_NamesWhatFailed()
    {
        var batch = CandleBatch.Create([], new Dictionary<string, OkxException> { ["NO-USDT"] = new OkxApiException("no") { Code = "51001" } });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => batch.ToPanel(), Throws.ArgumentException.With.Message.Contains("NO-USDT"));
            Assert.That(() => CandleBatch.Create([]).ToPanel(), Throws.ArgumentException);
            Assert.That(() => ((CandleBatch)null!).ToPanel(), Throws.ArgumentNullException);
        }
    }

    [Test]
    public void ToPanel_UndefinedWords_AreRefused()
    {
        var batch = TestBatches.Batch(TestBatches.Run("BTC-USDT", 0, 3));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => batch.ToPanel((PriceField)9), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => batch.ToPanel(alignment: (Alignment)9), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => batch.ToPanel().ToReturns((ReturnKind)9), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => MissingPrice.ForwardFill(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => batch.ToPanel().IndexOf("ETH-USDT"), Throws.ArgumentException.With.Message.Contains("BTC-USDT"));
        }
    }

    [Test]
    public void ToPanel_NoFinishedCandle_HasNoRows()
    {
        var panel = TestBatches.Batch(TestBatches.Series("BTC-USDT")).ToPanel();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(panel.Rows, Is.Zero);
            Assert.That(panel.ToReturns().Rows, Is.Zero);
            Assert.That(panel.Window(TestBatches.Day(5), 3).Dropped.Single().Symbol, Is.EqualTo("BTC-USDT"));
        }
    }

    [Test]
    public void ToPanel_Hours_HaveTimesAndNoDates()
    {
        var hours = CandleSeries.Create("BTC-USDT", BarSize.OneHour, new UtcRange(TestBatches.Start, TestBatches.Day(1)), [TestBatches.Candle(0, 1m), TestBatches.Candle(0, 2m) with { OpenTime = TestBatches.Start.AddHours(1) }]);

        var panel = TestBatches.Batch(hours).ToPanel();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(panel.OpenTimes, Is.EqualTo(new[] { TestBatches.Start, TestBatches.Start.AddHours(1) }));
            Assert.That(() => panel.ToDates(), Throws.InvalidOperationException);
        }
    }

    [Test]
    public void MissingPrice_Text_IsAsItIsWritten() =>
        Assert.That(new[] { default, MissingPrice.Throw, MissingPrice.ForwardFill(3) }.Select(policy => policy.ToString()), Is.EqualTo(new[] { "Nan", "Throw", "ForwardFill(3)" }));
}
