namespace OkxData.Candles.Archive;

/// <summary>What is known of a series beyond its rows. Instants are Unix milliseconds.</summary>
internal sealed record SeriesFacts
{
    public static SeriesFacts None { get; } = new();

    /// <summary>The opening of the first candle that OKX has.</summary>
    public long? FirstAvailable { get; init; }

    /// <summary>When OKX said so.</summary>
    public long? FirstAvailableAskedAt { get; init; }

    /// <summary>The opening of the newest finished candle ever received.</summary>
    public long? LastFinished { get; init; }

    /// <summary>When OKX first said that it does not know the instrument any more.</summary>
    public long? DelistedSince { get; init; }

    /// <summary>What both know; the later answer counts.</summary>
    public SeriesFacts Merge(SeriesFacts later)
    {
        var laterKnowsFirst = (later.FirstAvailableAskedAt ?? long.MinValue) >= (FirstAvailableAskedAt ?? long.MinValue) && later.FirstAvailable is not null;
        return new SeriesFacts
        {
            FirstAvailable = laterKnowsFirst ? later.FirstAvailable : FirstAvailable,
            FirstAvailableAskedAt = laterKnowsFirst ? later.FirstAvailableAskedAt : FirstAvailableAskedAt,
            LastFinished = Later(LastFinished, later.LastFinished),
            DelistedSince = later.DelistedSince is null ? DelistedSince : DelistedSince ?? later.DelistedSince,
        };
    }

    private static long? Later(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
