namespace OkxData.Diagnostics;

internal static partial class LogEventIds
{
    public const int CandleFindings = 400;

    public const int InstrumentRowsLeftOut = 500;
    public const int InstrumentStatesUnknown = 501;

    public const int TickerRowsLeftOut = 600;
    public const int TickersWithoutPrice = 601;
    public const int TickerFindings = 602;
    public const int TickerPushesLeftOut = 603;

    public const int StatusRowsLeftOut = 800;
    public const int StatusMaintenance = 801;
    public const int StatusUnknown = 802;

    public const int RankingFellBack = 900;
    public const int RankingPastListingRefused = 901;
    public const int RankingIncomplete = 902;
    public const int RankingBiased = 903;
    public const int RankingCategoriesMissing = 904;
    public const int RankingPastSourceFailed = 905;
    public const int RankingRowsLeftOut = 906;
}
