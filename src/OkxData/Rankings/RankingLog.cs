using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;
using OkxData.Http;

namespace OkxData.Rankings;

internal static partial class RankingLog
{
    private const int Shown = 5;

    [LoggerMessage(LogEventIds.RankingFellBack, LogLevel.Warning,
        "The market capitalisations are those of {Source}, since others did not answer: {Reason}", EventName = nameof(LogEventIds.RankingFellBack))]
    public static partial void FellBack(this ILogger logger, string source, string reason);

    [LoggerMessage(LogEventIds.RankingPastListingRefused, LogLevel.Warning,
        "{Source} gave a listing of {ListingAsOf:yyyy-MM-ddTHH:mm:ssZ} for {AsOf:yyyy-MM-ddTHH:mm:ssZ}, which is not used: it must not be later, and must name OKX's own currencies", EventName = nameof(LogEventIds.RankingPastListingRefused))]
    public static partial void PastListingRefused(this ILogger logger, string source, DateTimeOffset listingAsOf, DateTimeOffset asOf);

    [LoggerMessage(LogEventIds.RankingIncomplete, LogLevel.Warning,
        "Only {Count} of {Requested} assets in {Quote} qualify for the ranking", EventName = nameof(LogEventIds.RankingIncomplete))]
    public static partial void Incomplete(this ILogger logger, int count, int requested, string quote);

    [LoggerMessage(LogEventIds.RankingBiased, LogLevel.Warning,
        "No ranking at or before {AsOf:yyyy-MM-ddTHH:mm:ssZ} is stored; today's members stand in, as the query allows: the universe is biased", EventName = nameof(LogEventIds.RankingBiased))]
    public static partial void Biased(this ILogger logger, DateTimeOffset asOf);

    [LoggerMessage(LogEventIds.RankingCategoriesMissing, LogLevel.Warning,
        "CoinGecko's categories {Categories} are not known, so that the built-in table and the names alone tell coins from copies there: {Reason}", EventName = nameof(LogEventIds.RankingCategoriesMissing))]
    public static partial void CategoriesMissing(this ILogger logger, string categories, string reason);

    [LoggerMessage(LogEventIds.RankingPastSourceFailed, LogLevel.Warning,
        "The ranking of {AsOf:yyyy-MM-ddTHH:mm:ssZ} is that of {AnswerAsOf:yyyy-MM-ddTHH:mm:ssZ} by {Source}, and a newer one may exist, since others did not answer: {Reason}", EventName = nameof(LogEventIds.RankingPastSourceFailed))]
    public static partial void PastSourceFailed(this ILogger logger, DateTimeOffset asOf, DateTimeOffset answerAsOf, string source, string reason);

    public static void Summarize(this ILogger logger, string source, ReplyRows<MarketCapEntry> reply)
    {
        if (reply.LeftOut.Count > 0 && logger.IsEnabled(LogLevel.Warning))
            RowsLeftOut(logger, reply.LeftOut.Count, reply.Rows.Count + reply.LeftOut.Count, source, string.Join("; ", reply.LeftOut.Take(Shown)));
    }

    [LoggerMessage(LogEventIds.RankingRowsLeftOut, LogLevel.Warning,
        "{Count} of {Total} rows of {Source} name no asset and were left out: {Reasons}", EventName = nameof(LogEventIds.RankingRowsLeftOut))]
    private static partial void RowsLeftOut(ILogger logger, int count, int total, string source, string reasons);
}
