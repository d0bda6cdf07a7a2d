using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Refresh;

/// <summary>What became of a series that was asked for.</summary>
internal enum RefreshResult
{
    /// <summary>It has the candle of the close.</summary>
    Current,

    /// <summary>OKX answered, and does not have the candle yet, or never will.</summary>
    Missing,

    /// <summary>OKX could not be asked; a later try may succeed.</summary>
    Failed,

    /// <summary>OKX said no; asking again is no use.</summary>
    Refused,
}

/// <summary>What became of a series, and why.</summary>
internal readonly record struct RefreshOutcome(RefreshResult Result, string Reason)
{
    public static RefreshOutcome Of(string symbol, CandleBatch batch, DateTimeOffset lastOpening)
    {
        if (batch.Failures.TryGetValue(symbol, out var failure))
            return Of(failure);
        if (!batch.Series.TryGetValue(symbol, out var series))
            return new RefreshOutcome(RefreshResult.Failed, $"there was no answer for {symbol}");
        if (series.Count > 0 && series[^1].OpenTime >= lastOpening)
            return new RefreshOutcome(RefreshResult.Current, "");

        return series.Origin == DataOrigin.StaleCache
            ? new RefreshOutcome(RefreshResult.Failed, "OKX could not be asked for newer candles")
            : new RefreshOutcome(RefreshResult.Missing, FormattableString.Invariant($"OKX has no candle of {lastOpening.UtcDateTime:yyyy-MM-dd HH:mm}Z yet"));
    }

    public static RefreshOutcome Of(OkxException failure) =>
        new(failure.IsTransient ? RefreshResult.Failed : RefreshResult.Refused, failure.Message);
}
