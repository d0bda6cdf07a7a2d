using BenchmarkDotNet.Attributes;
using OkxData.Models;
using OkxData.Panels;
using OkxData.Time;

namespace OkxData.Benchmarks;

/// <summary>Fifty symbols and five years of days, side by side.</summary>
[MemoryDiagnoser]
public class PanelBenchmarks
{
    public const int Symbols = 50, Days = 1826;

    private static readonly DateTimeOffset Start = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CandleBatch _batch = Invent();
    private readonly PricePanel _prices;
    private readonly ReturnPanel _returns;

    public PanelBenchmarks() => (_prices, _returns) = (_batch.ToPanel(), _batch.ToPanel().ToReturns());

    [Benchmark(Baseline = true)]
    public int ToPanel() => _batch.ToPanel().Rows;

    [Benchmark]
    public int ToFilledPanel() => _batch.ToPanel(missing: MissingPrice.ForwardFill(3)).Rows;

    [Benchmark]
    public int ToCommonRows() => _batch.ToPanel(alignment: Alignment.Intersection).Rows;

    [Benchmark]
    public int ToReturns() => _prices.ToReturns().Rows;

    [Benchmark]
    public int Window() => _returns.Window(Start.AddDays(Days), 180).Panel.Rows;

    [Benchmark]
    public int Rank() => LiquidityRanking.Of(_batch, Start.AddDays(Days)).Assets.Count;

    private static CandleBatch Invent()
    {
        var random = new Random(7);
        var range = new UtcRange(Start, Start.AddDays(Days));
        return CandleBatch.Create(Enumerable.Range(0, Symbols).Select(symbol => CandleSeries.Create($"A{symbol}-USDT", BarSize.OneDay, range, Enumerable.Range(0, Days).Select(day =>
        {
            var price = decimal.Round(100m + (decimal)random.NextDouble(), 4);
            return new Candle { OpenTime = Start.AddDays(day), Open = price, High = price + 1, Low = price - 1, Close = price, Volume = 10m, QuoteVolume = price * 10.123456789m, IsFinished = true };
        }))));
    }
}
