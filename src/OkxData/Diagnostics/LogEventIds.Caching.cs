namespace OkxData.Diagnostics;

internal static partial class LogEventIds
{
    public const int CacheUnreadable = 300;
    public const int CacheUnwritable = 301;
    public const int CacheOrphansSwept = 302;
    public const int CacheOrphansKept = 303;
    public const int CacheLockWait = 304;
    public const int CacheLocksIneffective = 305;
    public const int CacheTemporaryKept = 306;
    public const int DocumentStale = 307;
    public const int DocumentQuarantined = 308;
    public const int DocumentOfNewerSchema = 309;
    public const int DocumentHit = 310;
    public const int DocumentMiss = 311;
    public const int DocumentDamaged = 312;
    public const int DocumentRefreshEnded = 313;
}
