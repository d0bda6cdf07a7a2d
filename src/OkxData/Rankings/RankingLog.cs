using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.Rankings;

internal static partial class RankingLog
{
    [LoggerMessage(LogEventIds.RankingFellBack, LogLevel.Warning,
        "The market capitalisations are those of {Source}, since others did not answer: {Reason}", EventName = nameof(LogEventIds.RankingFellBack))]
    public static partial void FellBack(this ILogger logger, string source, string reason);

    [LoggerMessage(LogEventIds.RankingPastListingRefused, LogLevel.Warning,
        "{Source} gave a listing of {ListingAsOf} for {AsOf}, which is not used: it must not be later, and must name OKX's own currencies", EventName = nameof(LogEventIds.RankingPastListingRefused))]
    public static partial void PastListingRefused(this ILogger logger, string source, DateTimeOffset listingAsOf, DateTimeOffset asOf);

    [LoggerMessage(LogEventIds.RankingIncomplete, LogLevel.Warning,
        "Only {Count} of {Requested} assets in {Quote} qualify for the ranking", EventName = nameof(LogEventIds.RankingIncomplete))]
    public static partial void Incomplete(this ILogger logger, int count, int requested, string quote);

    [LoggerMessage(LogEventIds.RankingBiased, LogLevel.Warning,
        "No ranking at or before {AsOf} is stored; today's members stand in, as the query allows: the universe is biased", EventName = nameof(LogEventIds.RankingBiased))]
    public static partial void Biased(this ILogger logger, DateTimeOffset asOf);
}
