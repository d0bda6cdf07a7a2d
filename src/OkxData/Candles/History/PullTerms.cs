using OkxData.Time;

namespace OkxData.Candles.History;

/// <summary>What a worker may take at this instant.</summary>
/// <param name="RecentBound">The oldest opening that the recent endpoint surely serves, Unix ms.</param>
/// <param name="SettledBound">The openings before this one closed so long ago that history has them, Unix ms.</param>
/// <param name="PageSize">The rows that one request brings.</param>
internal readonly record struct PullTerms(long RecentBound, long SettledBound, int PageSize)
{
    public static PullTerms At(long now, BarGrid grid, int pageSize)
    {
        var current = grid.Floor(now);
        return new PullTerms(grid.Add(current, 1 - CandleEndpoints.RecentBars), grid.Floor(now - (long)CandleEndpoints.HistoryLag.TotalMilliseconds), pageSize);
    }
}
