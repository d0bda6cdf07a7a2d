using OkxData.Models;
using OkxData.Testing.Series;

namespace OkxData.Testing.Market;

/// <summary>The closed candles as the exchange itself has them, in the library's model and without the library's code.</summary>
internal sealed class CandleRecord(SymbolBook symbols, DefectBook defects)
{
    public IReadOnlyList<Candle> Read(string name, string word, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var symbol = symbols.Find(name) ?? throw new ArgumentException($"The simulator has no instrument '{name}'.", nameof(name));
        var bar = SimulatedBar.Find(word) ?? throw new ArgumentException($"The simulator has no bar '{word}'.", nameof(word));
        var milliseconds = now.ToUnixTimeMilliseconds();
        return
        [
            .. symbol.Series.ReadNewestFirst(bar, to.ToUnixTimeMilliseconds(), from.ToUnixTimeMilliseconds() - 1, milliseconds)
                .Where(row => row.IsConfirmed)
                .Select(row => defects.Truth(row, name, bar, () => PreviousClose(symbol, bar, row, milliseconds)))
                .OfType<CandleRow>()
                .Select(row => ToCandle(row, symbol.Type == InstrumentType.Spot))
                .Reverse(),
        ];
    }

    private static string PreviousClose(ListedSymbol symbol, SimulatedBar bar, CandleRow row, long now) =>
        symbol.Series.ReadNewestFirst(bar, row.Opening, long.MinValue, now).FirstOrDefault(row).Close;

    private static Candle ToCandle(CandleRow row, bool isSpot) => new()
    {
        OpenTime = DateTimeOffset.FromUnixTimeMilliseconds(row.Opening),
        Open = Figures.Parse(row.Open),
        High = Figures.Parse(row.High),
        Low = Figures.Parse(row.Low),
        Close = Figures.Parse(row.Close),
        Volume = Figures.Parse(isSpot ? row.Volume : row.VolumeInCurrency),
        QuoteVolume = Figures.Parse(row.QuoteVolume),
        Contracts = isSpot ? null : Figures.Parse(row.Volume),
        IsFinished = true,
    };
}
