using OkxData.Models;

namespace OkxData.Testing.Series;

/// <summary>What a symbol's name and price say about it.</summary>
internal static class SymbolShape
{
    public static string BaseOf(string symbol) => symbol.Split('-')[0];

    public static string QuoteOf(string symbol) => symbol.Split('-') is [_, var quote, ..] ? quote : "";

    public static InstrumentType TypeOf(SimulatedSymbol symbol) => symbol.Type ?? TypeOf(symbol.Symbol);

    public static InstrumentType TypeOf(string symbol) => symbol.Split('-') switch
    {
        [_, _, "SWAP"] => InstrumentType.Swap,
        [_, _, _] => InstrumentType.Futures,
        [_, _, _, _, _] => InstrumentType.Option,
        _ => InstrumentType.Spot,
    };

    public static string? WordOf(InstrumentType type) => type switch
    {
        InstrumentType.Spot => "SPOT",
        InstrumentType.Margin => "MARGIN",
        InstrumentType.Swap => "SWAP",
        InstrumentType.Futures => "FUTURES",
        InstrumentType.Option => "OPTION",
        _ => null,
    };

    /// <summary>Five or six digits before the price moves a step, 0.1 at most, as on OKX.</summary>
    public static decimal TickOf(SimulatedSymbol symbol)
    {
        if (symbol.TickSize is { } stated)
            return stated;

        var (tick, price) = (0.0001m, symbol.Price);
        if (price >= 1000)
            return price >= 10_000 ? 0.1m : 0.01m;
        for (; price >= 10; price /= 10)
            tick *= 10;
        for (; price < 1; price *= 10)
            tick /= 10;
        return tick;
    }
}
