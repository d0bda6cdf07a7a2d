using OkxData.Models;

namespace OkxData.Catalog;

/// <summary>Which series of a cache are meant; what is <see langword="null"/> excludes nothing.</summary>
public sealed record CatalogSelection
{
    /// <summary>The environment's name, such as <c>global</c>: the first folder of the cache.</summary>
    public string? Environment { get; init; }

    /// <summary>The instruments, as OKX writes them or like <c>btc/usdt</c>.</summary>
    public IReadOnlyList<string>? Symbols { get; init; }

    /// <summary>The bars.</summary>
    public IReadOnlyList<BarSize>? Bars { get; init; }

    internal bool IsEverything => Environment is null && Symbols is null && Bars is null;

    /// <exception cref="ArgumentException">A symbol or a bar is not one.</exception>
    internal CatalogSelection Normalized()
    {
        foreach (var bar in Bars ?? [])
        {
            if (!bar.IsDefined())
                throw new ArgumentException($"Bar {(int)bar} is not a {nameof(BarSize)}.", nameof(Bars));
        }

        return this with { Symbols = Symbols?.Select(symbol => Models.Symbols.Normalize(symbol, nameof(Symbols))).ToArray() };
    }

    internal bool Holds(CatalogSeries series) =>
        (Environment is null || Environment == series.Environment)
        && (Symbols is null || Symbols.Contains(series.Key.Symbol, StringComparer.Ordinal))
        && (Bars is null || Bars.Contains(series.Key.Bar));
}
