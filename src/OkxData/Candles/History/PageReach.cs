namespace OkxData.Candles.History;

/// <summary>Which endpoints can serve a page.</summary>
internal enum PageReach
{
    /// <summary>Both.</summary>
    Shared,

    /// <summary>Only history: it begins before the newest bars that the other one serves.</summary>
    HistoryOnly,

    /// <summary>Only the recent one: it holds bars so new that history may not have them yet.</summary>
    RecentOnly,
}
