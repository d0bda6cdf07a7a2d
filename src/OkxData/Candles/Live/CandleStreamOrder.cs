using OkxData.Models;
using OkxData.Streaming;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>A query for a stream that has been checked.</summary>
internal sealed record CandleStreamOrder
{
    // OKX had no market before.
    private static readonly DateTimeOffset Beginning = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The symbols as OKX writes them, each once.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    public required BarSize Bar { get; init; }

    /// <summary>The first opening to give, Unix ms; <see langword="null"/> for the bar that forms at the call.</summary>
    public required long? From { get; init; }

    public required bool IncludeUnfinished { get; init; }

    /// <summary>What is subscribed to, one for each symbol, in their order.</summary>
    public IReadOnlyList<StreamTopic> Topics() => [.. Symbols.Select(symbol => new StreamTopic(StreamPath.Business, $"candle{Bar.ToCode()}", symbol))];

    /// <exception cref="ArgumentException">A part of the query is not valid.</exception>
    public static CandleStreamOrder Check(CandleStreamQuery query, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Symbols is null || query.Symbols.Count == 0)
            throw new ArgumentException("Symbols is empty; name at least one, such as 'BTC-USDT'.", nameof(query));

        var symbols = query.Symbols.Select(symbol => Models.Symbols.Normalize(symbol, nameof(query))).Distinct(StringComparer.Ordinal).ToList();
        if (!query.Bar.IsDefined())
            throw new ArgumentException($"Bar {(int)query.Bar} is not a {nameof(BarSize)}; use one of {string.Join(", ", Enum.GetNames<BarSize>())}.", nameof(query));
        if (query.From > now)
            throw new ArgumentException($"From ({query.From.Value.UtcDateTime:O}) lies after now ({now.UtcDateTime:O}); give an earlier one, or none to begin with the candle that forms.", nameof(query));
        if (query.From < Beginning)
            throw new ArgumentException($"From ({query.From.Value.UtcDateTime:O}) lies before {Beginning.UtcDateTime:O}, when OKX had no market; give a later one.", nameof(query));

        return new CandleStreamOrder
        {
            Symbols = symbols,
            Bar = query.Bar,
            From = query.From is { } from ? query.Bar.ToGrid().Ceiling(UnixTime.ToMillisecondsCeiling(from)) : null,
            IncludeUnfinished = query.IncludeUnfinished,
        };
    }
}
