namespace OkxData.Models;

/// <summary>An instrument that can be traded on OKX, or is announced.</summary>
/// <remarks>
/// GET /api/v5/public/instruments. A delisted instrument disappears from the list. Figures that OKX leaves empty,
/// as it does for instruments before their opening, are <see langword="null"/>.
/// </remarks>
public sealed record Instrument
{
    /// <summary>OKX's name, such as <c>BTC-USDT</c> or <c>BTC-USDT-SWAP</c> (OKX <c>instId</c>).</summary>
    public required string Symbol { get; init; }

    /// <summary>The kind of instrument (OKX <c>instType</c>).</summary>
    public required InstrumentType Type { get; init; }

    /// <summary>The currency that is bought, taken from the symbol where OKX leaves the field empty (OKX <c>baseCcy</c>).</summary>
    public string BaseCurrency { get; init; } = "";

    /// <summary>The currency of the price, taken from the symbol where OKX leaves the field empty (OKX <c>quoteCcy</c>).</summary>
    public string QuoteCurrency { get; init; } = "";

    /// <summary>The currency in which a derivative settles; <see langword="null"/> for spot (OKX <c>settleCcy</c>).</summary>
    public string? SettleCurrency { get; init; }

    /// <summary>Whether it trades now (OKX <c>state</c>).</summary>
    public InstrumentState State { get; init; }

    /// <summary>The smallest step of the price, in quote currency (OKX <c>tickSz</c>).</summary>
    public decimal? TickSize { get; init; }

    /// <summary>The smallest step of the size, in base currency for spot and in contracts for derivatives (OKX <c>lotSz</c>).</summary>
    public decimal? LotSize { get; init; }

    /// <summary>The smallest order, in base currency for spot and in contracts for derivatives (OKX <c>minSz</c>).</summary>
    public decimal? MinSize { get; init; }

    /// <summary>What one contract is worth, in <see cref="ContractValueCurrency"/>; <see langword="null"/> for spot (OKX <c>ctVal</c>).</summary>
    public decimal? ContractValue { get; init; }

    /// <summary>The currency of <see cref="ContractValue"/>; <see langword="null"/> for spot (OKX <c>ctValCcy</c>).</summary>
    public string? ContractValueCurrency { get; init; }

    /// <summary>When it was listed, UTC. OKX changes this at will: it is no bound of the history (OKX <c>listTime</c>).</summary>
    public DateTimeOffset? ListTime { get; init; }

    /// <summary>When it expires or is to be delisted, UTC (OKX <c>expTime</c>).</summary>
    public DateTimeOffset? ExpiryTime { get; init; }

    /// <summary>The asset class of the base (OKX <c>instCategory</c>).</summary>
    public InstrumentCategory Category { get; init; }

    /// <summary>OKX's own word for the state, also where <see cref="State"/> is <see cref="InstrumentState.Unknown"/>.</summary>
    public string StateText { get; init; } = "";
}
