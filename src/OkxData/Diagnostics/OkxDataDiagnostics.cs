namespace OkxData.Diagnostics;

/// <summary>The names under which the library reports its metrics and activities.</summary>
public static class OkxDataDiagnostics
{
    /// <summary>The meter, <c>OkxData</c>.</summary>
    public const string MeterName = "OkxData";

    /// <summary>
    /// The activity source, <c>OkxData</c>: an activity for each call to OKX or to a source of market capitalisations, with all its attempts
    /// and waits, named for the endpoint; tags <see cref="EndpointTag"/>, <see cref="SubjectTag"/>, <see cref="AttemptsTag"/> and, where it failed, <c>error.type</c>.
    /// </summary>
    public const string ActivitySourceName = "OkxData";

    /// <summary>A tag of activities: the endpoint, such as <c>GET /api/v5/market/candles</c>.</summary>
    public const string EndpointTag = "okxdata.endpoint";

    /// <summary>A tag of activities: what was asked for, such as the symbol, the bar and the range.</summary>
    public const string SubjectTag = "okxdata.subject";

    /// <summary>A tag of activities: how often the request went out.</summary>
    public const string AttemptsTag = "okxdata.attempts";

    /// <summary>A histogram in seconds: one attempt of a request, from the send to the last byte; tags <c>endpoint</c> and <c>outcome</c>.</summary>
    public const string HttpRequestDuration = "okxdata.http.request.duration";

    /// <summary>A histogram in seconds: how long a request waited for the rate limit; tag <c>endpoint</c>.</summary>
    public const string RateLimitWaitDuration = "okxdata.ratelimit.wait.duration";

    /// <summary>A gauge in seconds: the clock of OKX minus the local one, as far as replies prove it; tag <c>host</c>.</summary>
    public const string ClockSkew = "okxdata.clock.skew";

    /// <summary>
    /// A counter of candles: those of the returned series that the cache held (tag <c>result</c> = <c>hit</c>), and those that had to
    /// be fetched (<c>miss</c>), which with <c>CacheMode.Refresh</c> are all. Nothing is counted while the cache is off.
    /// </summary>
    public const string CacheRows = "okxdata.cache.rows";

    /// <summary>A counter of what the rules found in candles and in pushed tickers that were left out, also where the policy is to drop or to throw; tag <c>rule</c>, such as <c>candle.gap</c>.</summary>
    public const string ValidationFindings = "okxdata.validation.findings";

    /// <summary>A counter of the finished candles that streams gave; tag <c>source</c> is <c>live</c>, <c>refill</c> for what the connection had missed, or <c>history</c>.</summary>
    public const string StreamCandles = "okxdata.stream.candles";

    /// <summary>A counter of the requests for candles that live connections had missed.</summary>
    public const string StreamRefills = "okxdata.stream.candles.refills";

    /// <summary>A counter of the bars that streams went on without, since OKX has no candle of them.</summary>
    public const string StreamMissing = "okxdata.stream.candles.missing";

    /// <summary>A counter of the pushes of candles that could not be read.</summary>
    public const string StreamUnreadable = "okxdata.stream.candles.unreadable";

    /// <summary>A counter: connections of live streams that were lost and opened again; tag <c>path</c>, <c>public</c> or <c>business</c>.</summary>
    public const string StreamReconnects = "okxdata.stream.reconnects";

    /// <summary>A counter: frames that live streams received, of whatever content; tag <c>path</c>.</summary>
    public const string StreamFrames = "okxdata.stream.frames";

    /// <summary>
    /// A counter: frames that live streams could not use; tags <c>path</c> and <c>reason</c>: <c>malformed</c>, <c>binary</c>,
    /// <c>oversized</c>, or <c>unknown</c> for a push that was not subscribed to.
    /// </summary>
    public const string StreamUnusableFrames = "okxdata.stream.unusable";

    /// <summary>A gauge: 1 while a connection's streams have not been served for longer than <c>Streaming.InterruptedAfter</c>, summed over clients; tag <c>path</c>.</summary>
    public const string StreamInterrupted = "okxdata.stream.interrupted";

    /// <summary>A counter of the pushed tickers that a newer one replaced before the reader of the stream had taken them.</summary>
    public const string StreamConflated = "okxdata.stream.conflated";

    /// <summary>A counter of the series that the hosted cache refresh asked for; tags <c>bar</c>, and <c>result</c>: <c>current</c>, <c>missing</c>, <c>failed</c> or <c>refused</c>.</summary>
    public const string RefreshSeries = "okxdata.refresh.series";

    /// <summary>A histogram in seconds: how long after the close of a bar a series was current in the cache; tag <c>bar</c>.</summary>
    public const string RefreshLag = "okxdata.refresh.lag";
}
