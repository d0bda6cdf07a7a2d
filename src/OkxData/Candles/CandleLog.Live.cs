using Microsoft.Extensions.Logging;

namespace OkxData.Candles;

internal static partial class CandleLog
{
    [LoggerMessage(720, LogLevel.Warning, "What the stream has missed of {Series} could not be fetched and is asked for again. {Reason}")]
    public static partial void RefillFailed(ILogger logger, string series, string reason);

    [LoggerMessage(721, LogLevel.Warning, "OKX has no candle of {Series} that opens in {Range}; the stream goes on without")]
    public static partial void CandlesMissing(ILogger logger, string series, string range);

    [LoggerMessage(722, LogLevel.Warning, "A push of {Series} cannot be read and was left out; further ones are only counted")]
    public static partial void PushUnreadable(ILogger logger, Exception exception, string series);

    [LoggerMessage(723, LogLevel.Warning, "The history that a stream begins with could not be fetched for {Symbols} series of {Bar} candles and is asked for again. {Reason}")]
    public static partial void StreamHistoryFailed(ILogger logger, int symbols, string bar, string reason);

    [LoggerMessage(724, LogLevel.Warning, "The candles that the stream gives of {Series} are not stored. {Reason}")]
    public static partial void StreamNotArchived(ILogger logger, string series, string reason);
}
