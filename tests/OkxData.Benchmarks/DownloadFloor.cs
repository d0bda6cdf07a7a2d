namespace OkxData.Benchmarks;

/// <summary>The least time that OKX's limits leave for a download, whoever does it.</summary>
/// <remarks>
/// Both budgets start full and give 40 (<c>candles</c>) and 20 (<c>history-candles</c>) requests in every window of 2 s, so the
/// best possible download sends in bursts at 0 s, 2 s, 4 s …, and ends a round trip after the last. A page holds 300 bars.
/// <c>candles</c> serves the newest 1,440 bars, the forming one included; what is older takes history pages, as few as hold it,
/// and the pages after those go to whichever budget has room.
/// </remarks>
internal readonly record struct DownloadFloor(int HistoryPages, int Pages, int Bursts, TimeSpan Time)
{
    private const int PageRows = 300;
    private const int RecentBars = 1_440;
    private const int HistoryPermits = 20;
    private const int BothPermits = 60;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    public static DownloadFloor Of(int symbols, int closedBars, TimeSpan roundTrip)
    {
        var older = Math.Max(0, closedBars - (RecentBars - 1));
        var history = symbols * Ceiling(older, PageRows);
        var pages = symbols * Ceiling(closedBars, PageRows);
        var bursts = Math.Max(Ceiling(history, HistoryPermits), Ceiling(pages, BothPermits));
        return new DownloadFloor(history, pages, bursts, Window * (bursts - 1) + roundTrip);
    }

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
