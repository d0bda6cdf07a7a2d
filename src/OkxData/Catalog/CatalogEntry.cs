using OkxData.Caching;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Catalog;

/// <summary>What a cache holds of one series.</summary>
public sealed record CatalogEntry
{
    /// <summary>The environment's name, such as <c>global</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>The instrument, as OKX writes it.</summary>
    public required string Symbol { get; init; }

    /// <summary>The length of a candle.</summary>
    public required BarSize Bar { get; init; }

    /// <summary>The number of an earlier generation that was put aside when the name passed to another asset or a revision was accepted; <see langword="null"/> for the series as it is now.</summary>
    public int? Generation { get; init; }

    /// <summary>The candles held; all are finished.</summary>
    public required long Rows { get; init; }

    /// <summary>The opening of the first candle held, UTC; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The opening of the last candle held, UTC; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The openings that OKX has answered for, oldest first; start inclusive, end exclusive, UTC. They need not be asked for again.</summary>
    public required IReadOnlyList<UtcRange> Covered { get; init; }

    /// <summary>The covered openings after the first candle for which OKX has none, oldest first; start inclusive, end exclusive, UTC.</summary>
    public required IReadOnlyList<UtcRange> Gaps { get; init; }

    /// <summary>The openings between the first candle and the last that OKX has not been asked for, oldest first; start inclusive, end exclusive, UTC.</summary>
    public required IReadOnlyList<UtcRange> NotAsked { get; init; }

    /// <summary>When the newest of it was received from OKX, UTC; <see langword="null"/> where there is nothing.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>The opening of the first candle that OKX has, where that is known; UTC.</summary>
    public DateTimeOffset? FirstAvailable { get; init; }

    /// <summary>Whether OKX no longer knows the instrument, as far as it has been asked.</summary>
    public bool IsDelisted { get; init; }

    /// <summary>The older name whose candles a client puts before these, where the two were joined; they are held under that name.</summary>
    public string? JoinedTo { get; init; }

    /// <summary>The files of candles.</summary>
    public required int Files { get; init; }

    /// <summary>The files of candles that could not be read; <see cref="CacheCatalog.VerifyAsync"/> says why.</summary>
    public required int UnreadableFiles { get; init; }

    /// <summary>The bytes of all of its files that could be read.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The format of its files; <see langword="null"/> where both are among them, or none.</summary>
    public CandleFormat? Format { get; init; }
}
