using NUnit.Framework;
using OkxData.Models;
using OkxData.Panels;
using OkxData.Time;
using RiskParity;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class BacktestTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Run_WeightsDriftUntilTheNextRebalance()
    {
        // A doubles twice, B stands still. Half each at the first close; equal again a day later.
        var prices = Panel(("A-USDT", [1, 2, 4]), ("B-USDT", [1, 1, 1]));

        var drifting = Backtest.Run("drifting", prices, [Half(1)]);
        var rebalanced = Backtest.Run("rebalanced", prices, [Half(1), Half(2)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drifting.Values, Is.EqualTo(new[] { 1, 1.5, 2.5 }).Within(1e-12));
            Assert.That(rebalanced.Values, Is.EqualTo(new[] { 1, 1.5, 2.25 }).Within(1e-12));
            Assert.That(drifting.Times, Is.EqualTo(new[] { Start.AddDays(1), Start.AddDays(2), Start.AddDays(3) }));
        }
    }

    [Test]
    public void Run_MissingPrice_KeepsTheLastOne()
    {
        var prices = Panel(("A-USDT", [1, 0, 3, 0]), ("B-USDT", [1, 1, 1, 1]));

        Assert.That(Backtest.Run("x", prices, [Half(1)]).Values, Is.EqualTo(new[] { 1, 1, 2, 2d }).Within(1e-12));
    }

    [Test]
    public void Run_BadSchedule_IsNamed()
    {
        var prices = Panel(("A-USDT", [0, 1, 1]), ("B-USDT", [1, 1, 1]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Backtest.Run("x", prices, []), Throws.ArgumentException.With.Message.Contains("never buys"));
            Assert.That(() => Backtest.Run("x", prices, [Half(1)]), Throws.ArgumentException.With.Message.Contains("A-USDT has no price by 2024-01-02"));
            Assert.That(() => Backtest.Run("x", prices, [Half(2.5)]), Throws.ArgumentException.With.Message.Contains("No row closes at 2024-01-03 12:00"));
            Assert.That(() => Backtest.Run("x", prices, [Half(2), Half(9)]), Throws.ArgumentException.With.Message.Contains("after the last price"));
        }
    }

    [Test]
    public void Curve_Figures_AreAsComputedByHand()
    {
        var curve = new EquityCurve("x", [.. Enumerable.Range(0, 5).Select(day => Start.AddDays(day))], [1, 2, 1, 1.5, 2]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(curve.WorstDrawdown, Is.EqualTo(0.5).Within(1e-12));
            Assert.That(Math.Log(1 + curve.GrowthPerYear), Is.EqualTo(Math.Log(2) * 365.25 / 4).Within(1e-9));
            Assert.That(new EquityCurve("y", [Start, Start.AddDays(1), Start.AddDays(2)], [1, 1.1, 1.1]).VolatilityPerYear, Is.EqualTo(0.1 / Math.Sqrt(2) * Math.Sqrt(365.25)).Within(1e-9));
        }
    }

    [Test]
    public void Strategy_FuturePrices_ChangeNothingBefore()
    {
        // The prices fall on the very day that begins with the last of the three instants, 2024-09-01.
        var (known, whole) = (Walks(244, days: 244), Walks(244, days: 400, last: 0.2m));
        var instants = Strategy.MonthStarts(known).ToArray();

        var (then, now) = (Strategy.EqualRiskAt(known, instants), Strategy.EqualRiskAt(whole, Strategy.MonthStarts(whole)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(then, Has.Count.EqualTo(3));
            Assert.That(now, Has.Count.GreaterThan(3));
            Assert.That(now.Take(3).Select(one => one.At), Is.EqualTo(instants));
            for (var i = 0; i < then.Count; i++)
                Assert.That(now[i].Weights, Is.EqualTo(then[i].Weights));
            var curve = Backtest.Run("x", known, then);
            Assert.That(Backtest.Run("x", whole, now).Values.Take(curve.Values.Length), Is.EqualTo(curve.Values));
        }
    }

    [Test]
    public void Strategy_ThinFlatOrVanishedAssets_AreLeftOutWithTheReason()
    {
        var batch = Batch(
            ("BTC-USDT", Walk(1, 250)), ("ETH-USDT", Walk(2, 250)), ("FLAT-USDT", [.. Enumerable.Repeat(1m, 250)]),
            ("GONE-USDT", [.. Walk(3, 210), .. Enumerable.Repeat(0m, 40)]), ("LATE-USDT", [.. Enumerable.Repeat(0m, 100), .. Walk(4, 150)]));
        var prices = batch.ToPanel();

        var rebalances = Strategy.EqualRiskAt(prices, Strategy.MonthStarts(prices));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rebalances.Select(one => one.At.Month), Is.EqualTo(new[] { 7, 8, 9 }));
            Assert.That(rebalances[^1].Symbols, Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }));
            Assert.That(rebalances[1].LeftOut.Select(asset => asset.Symbol), Is.EqualTo(new[] { "LATE-USDT", "FLAT-USDT", "GONE-USDT" }));
            Assert.That(rebalances[1].LeftOut.ToDictionary(asset => asset.Symbol)["GONE-USDT"].Reason, Is.EqualTo("no price on the last day, so it cannot be bought."));
            Assert.That(rebalances.Select(one => one.Weights.Sum()), Is.All.EqualTo(1).Within(1e-9));
            Assert.That(Strategy.EqualWeight(rebalances)[^1].Weights, Is.EqualTo(new[] { 0.5, 0.5 }));
        }
    }

    [Test]
    public void WeightsFile_OnAMachineWithCommas_HasPoints()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
            Assert.That(WeightsFile.Lines([Half(1)]), Is.EqualTo(new[] { "2024-01-02,A-USDT,0.5,0.5", "2024-01-02,B-USDT,0.5,0.5" }));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    private static Rebalance Half(double day) => new() { At = Start.AddDays(day), Symbols = ["A-USDT", "B-USDT"], Weights = [0.5, 0.5], RiskContributions = [0.5, 0.5], DailyVolatilities = [0.01, 0.01] };

    private static PricePanel Panel(params (string Symbol, decimal[] Closes)[] assets) => Batch(assets).ToPanel();

    /// <summary>A close of zero stands for a day without a candle.</summary>
    private static CandleBatch Batch(params (string Symbol, decimal[] Closes)[] assets) => CandleBatch.Create(assets.Select(asset => CandleSeries.Create(
        asset.Symbol, BarSize.OneDay, new UtcRange(Start, Start.AddDays(asset.Closes.Length)),
        asset.Closes.Select((close, day) => new Candle { OpenTime = Start.AddDays(day), Open = close, High = close, Low = close, Close = close, IsFinished = true }).Where(candle => candle.Close > 0))));

    private static PricePanel Walks(int same, int days, decimal last = 1) =>
        Panel([.. Enumerable.Range(1, 4).Select(seed => ($"A{seed}-USDT", Walk(seed, days).Select((close, day) => day < same ? close : close * last).ToArray()))]);

    private static decimal[] Walk(int seed, int days)
    {
        var random = new Random(seed);
        var price = 100d;
        return [.. Enumerable.Range(0, days).Select(_ => (decimal)(price *= Math.Exp((random.NextDouble() - 0.5) * 0.04 * seed)))];
    }
}
