using OkxData.Models;
using OkxData.Testing.Series;

namespace OkxData.Testing.Market;

/// <summary>An instrument with its candles.</summary>
internal sealed record ListedSymbol
{
    public required SimulatedSymbol Definition { get; init; }

    public required ICandleSeries Series { get; init; }

    public string Name => Definition.Symbol;

    public InstrumentType Type { get; private init; }

    public bool IsListedAt(DateTimeOffset now) => now >= Definition.ListedAt && !IsGoneAt(now);

    public bool IsAnnouncedAt(DateTimeOffset now) => now < Definition.ListedAt && now >= Definition.AnnouncedAt;

    private bool IsGoneAt(DateTimeOffset now) => now >= Definition.DelistedAt || now >= Definition.ExpiryTime;

    public static ListedSymbol Create(SimulatedSymbol definition, ICandleSeries series) =>
        new() { Definition = definition, Series = series, Type = SymbolShape.TypeOf(definition) };
}
