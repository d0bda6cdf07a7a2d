using OkxData.Errors;
using OkxData.Models;

namespace OkxData;

/// <summary>Research-grade OKX market data: rate limited, checked, cached.</summary>
/// <remarks>Thread-safe; one client serves a whole program.</remarks>
public interface IOkxMarketClient
{
    /// <summary>Gets the instruments of a kind that can be traded or are announced.</summary>
    /// <param name="type">The kind of instrument; options and unknown kinds are refused.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The instruments, in OKX's order; a row that cannot be read is left out and logged.</returns>
    /// <exception cref="ArgumentException">The kind is not one that can be listed.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer, and the cache holds nothing that may stand in.</exception>
    /// <remarks>GET /api/v5/public/instruments, or from the cache for <see cref="Caching.CachingOptions.InstrumentsTtl"/>. The list is an <see cref="IDatedAnswer"/>, too, which tells its origin and age. A list that stands in for one that could not be fetched is logged as a warning, with its age.</remarks>
    Task<IReadOnlyList<Instrument>> GetInstrumentsAsync(InstrumentType type = InstrumentType.Spot, CancellationToken cancellationToken = default);

    /// <summary>Gets the latest prices of all instruments of a kind.</summary>
    /// <param name="type">The kind of instrument; options and unknown kinds are refused.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The tickers, in OKX's order; a row without a price or that cannot be read is left out and logged.</returns>
    /// <exception cref="ArgumentException">The kind is not one that can be listed.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer, and the cache holds nothing that may stand in.</exception>
    /// <remarks>GET /api/v5/market/tickers, or from the cache for <see cref="Caching.CachingOptions.TickersTtl"/>. The list is an <see cref="IDatedAnswer"/>, too, which tells its origin and age; <see cref="Ticker.Timestamp"/> tells each one's age; a list that stands in for one that could not be fetched is logged as a warning, too.</remarks>
    Task<IReadOnlyList<Ticker>> GetTickersAsync(InstrumentType type = InstrumentType.Spot, CancellationToken cancellationToken = default);

    /// <summary>Ranks OKX's assets by market capitalisation, now or as it was stored.</summary>
    /// <param name="query">How many, in which quote currency, as of when; <see langword="null"/> for the 50 largest in USDT now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The assets with prices and volumes of OKX in quote currency and capitalisations in US dollars, and what was left out, with reasons.</returns>
    /// <exception cref="ArgumentException">The number is not from 1 to 500, the currency is not one, or the instant is in the future.</exception>
    /// <exception cref="OkxCacheException">Nothing was stored at or before the instant, or nothing at all in offline mode.</exception>
    /// <exception cref="OkxException">No source answered, and the cache holds nothing that may stand in.</exception>
    /// <remarks>
    /// CoinGecko's GET /api/v3/coins/markets, CoinPaprika's GET /v1/tickers where that fails, joined to OKX's spot instruments and tickers
    /// by id and agreeing prices. Cached for <see cref="Caching.CachingOptions.RankingsTtl"/>; every one fetched is kept for <see cref="MarketCapQuery.AsOf"/>.
    /// </remarks>
    Task<MarketCapRanking> GetMarketCapRankingAsync(MarketCapQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Gets the candles of one instrument, oldest first, from the cache where covered and from OKX elsewhere.</summary>
    /// <param name="query">The instrument, the bar and the range; the range's start is inclusive, its end exclusive.</param>
    /// <param name="cancellationToken">Cancels the call; what has arrived is kept.</param>
    /// <returns>The series with its coverage report; prices in quote currency, volume in base currency.</returns>
    /// <exception cref="ArgumentException">The symbol, the bar or the range is not valid.</exception>
    /// <exception cref="OkxApiException">OKX said no; code 51001 is an unknown instrument.</exception>
    /// <exception cref="OkxException">OKX could not answer, or a rule whose policy is to throw was broken.</exception>
    /// <remarks>GET /api/v5/market/candles and /api/v5/market/history-candles, both budgets.</remarks>
    Task<CandleSeries> GetCandlesAsync(CandleQuery query, CancellationToken cancellationToken = default);

    /// <summary>Gets the candles of many instruments, each as <see cref="GetCandlesAsync(CandleQuery, CancellationToken)"/> does.</summary>
    /// <param name="query">The instruments, the bar and the range; the range's start is inclusive, its end exclusive.</param>
    /// <param name="cancellationToken">Cancels the call; what has arrived is kept.</param>
    /// <returns>The series, and for each symbol without one the reason.</returns>
    /// <exception cref="ArgumentException">A symbol, the bar or the range is not valid.</exception>
    /// <remarks>GET /api/v5/market/candles and /api/v5/market/history-candles, both budgets.</remarks>
    Task<CandleBatch> GetCandlesAsync(CandleBatchQuery query, CancellationToken cancellationToken = default);

    /// <summary>Takes what OKX says now of a stored series that it has changed, and keeps what was stored.</summary>
    /// <param name="symbol">The instrument, as OKX writes it or like <c>btc/usdt</c>.</param>
    /// <param name="bar">The length of a candle; each bar is a series of its own.</param>
    /// <param name="cancellationToken">Cancels the call; what was stored stays as it was.</param>
    /// <returns>The series from the first stored opening until now. Where OKX had changed nothing, it is the present generation.</returns>
    /// <exception cref="ArgumentException">The symbol or the bar is not valid.</exception>
    /// <exception cref="OkxCacheException">Nothing is stored, the cache is off, offline or cannot be written, or OKX has none of the candles; nothing has changed.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer; nothing has changed.</exception>
    /// <remarks>
    /// <para>
    /// The remedy that the findings <c>candle.revised</c>, <c>candle.vanished</c> and <c>candle.possible-relisting</c> name. The whole series is fetched anew; where
    /// it differs, the next <see cref="CandleSeries.Generation"/> begins with it, and the earlier one stays readable with <see cref="CandleQuery.Generation"/>.
    /// Where the name has passed to another asset and OKX still serves the candles of both, the new generation begins with the other asset's first.
    /// It is safe to call at any time, from several processes, and again after a crash.
    /// </para>
    /// <para>GET /api/v5/market/candles and /api/v5/market/history-candles, both budgets. Thread-safe.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// var series = await client.GetCandlesAsync("LUNA-USDT", BarSize.OneDay, from);
    /// if (series.Coverage.Issues.Any(issue => issue.Rule == ValidationRules.CandlePossibleRelisting))
    /// {
    ///     var other = await client.AcceptHistoryAsync("LUNA-USDT");        // generation 2: what OKX calls LUNA now
    ///     var first = await client.GetCandlesAsync(new CandleQuery { Symbol = "LUNA-USDT", From = from, Generation = 1 });
    /// }
    /// </code>
    /// </example>
    Task<CandleSeries> AcceptHistoryAsync(string symbol, BarSize bar = BarSize.OneDay, CancellationToken cancellationToken = default);

    /// <summary>Makes one series of an instrument and an older name of the same asset, as after MATIC became POL.</summary>
    /// <param name="symbol">The newer name, under which the series is asked for.</param>
    /// <param name="olderSymbol">The older name; the same as <paramref name="symbol"/> for its preceding generation.</param>
    /// <param name="bar">The length of a candle; each bar is joined by itself.</param>
    /// <param name="at">The opening from which on the candles are the newer name's; any offset is accepted. <see langword="null"/> for the newer name's first candle.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The joined series, from the older name's first candle until now.</returns>
    /// <exception cref="ArgumentException">A symbol or the bar is not valid, the two are not of one type or not priced in one currency, they are joined the other way round already, or <paramref name="at"/> lies before 2010 or after the year 9998.</exception>
    /// <exception cref="OkxCacheException">The cache is off, or one of the two has no candle.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    /// <remarks>
    /// Both series are fetched as far as they go; what is stored of a name that OKX no longer knows is enough. The rows of each name stay in its own files: what is
    /// stored is that they belong together, so <see cref="SeparateHistoryAsync"/> undoes it. Nothing is ever joined without this call, and every series with
    /// candles of the older name has the finding <c>candle.joined</c>, and <c>candle.join-jump</c> where the two prices do not meet. Later
    /// generations of the older name do not take the place of the one that was joined. Another call replaces what was joined before. Thread-safe.
    /// </remarks>
    /// <example><code>var pol = await client.JoinHistoryAsync("POL-USDT", "MATIC-USDT");</code></example>
    Task<CandleSeries> JoinHistoryAsync(string symbol, string olderSymbol, BarSize bar = BarSize.OneDay, DateTimeOffset? at = null, CancellationToken cancellationToken = default);

    /// <summary>Undoes <see cref="JoinHistoryAsync"/>: the series is that of its own name again. No candle is lost.</summary>
    /// <param name="symbol">The newer name.</param>
    /// <param name="bar">The length of a candle.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether something was joined.</returns>
    /// <exception cref="ArgumentException">The symbol or the bar is not valid.</exception>
    /// <exception cref="OkxCacheException">The cache is off.</exception>
    /// <remarks>Nothing is asked of OKX. Thread-safe.</remarks>
    Task<bool> SeparateHistoryAsync(string symbol, BarSize bar = BarSize.OneDay, CancellationToken cancellationToken = default);

    /// <summary>Streams the latest prices of instruments as they change.</summary>
    /// <param name="symbols">The instruments, of any kind, as OKX writes them or like <c>btc/usdt</c>; one named twice is streamed once.</param>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// The tickers, the present one of each instrument first. A reader that is slower than OKX gets the newest of each instrument and
    /// none of those in between, and a busy instrument does not keep others waiting. <see cref="Ticker.Timestamp"/> of an instrument
    /// never goes back; of two with the same, the one that came later follows, unless they are the same. One that is more than ten minutes
    /// ahead of both this machine's clock and OKX's is left out (<see cref="Validation.ValidationRules.TickerFuture"/>). Where OKX did not
    /// tell its time it is given, and once OKX has told it the timestamp goes back to true ones.
    /// </returns>
    /// <exception cref="ArgumentException">There is no symbol, or one that is none; thrown at the call, before anything is sent.</exception>
    /// <exception cref="OkxCacheException">The cache is in offline mode, in which nothing can be streamed.</exception>
    /// <exception cref="OkxStreamException">While it is read: OKX refused an instrument, which it does not know, say. Other streams go on.</exception>
    /// <exception cref="ObjectDisposedException">While it is read: the client is disposed.</exception>
    /// <remarks>
    /// Channel <c>tickers</c> of <c>/ws/v5/public</c>, at most one in 100 ms for an instrument; all streams of a client share one connection. It begins
    /// with the enumeration and unsubscribes when that is left. A lost connection is opened again for as long as it takes: meanwhile nothing comes,
    /// and after <see cref="Streaming.StreamingOptions.InterruptedAfter"/> a warning is logged. Rows that cannot be used are left out, counted and logged.
    /// Only a ticker far ahead of this machine's clock makes the stream ask OKX's time, with <c>GET /api/v5/public/time</c>, at most once a minute where no answer comes.
    /// </remarks>
    IAsyncEnumerable<Ticker> StreamTickersAsync(IEnumerable<string> symbols, CancellationToken cancellationToken = default);

    /// <summary>Gets what OKX has announced about its own service: maintenance and disruptions that are scheduled or under way.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The announcements for this environment; mostly there are none.</returns>
    /// <exception cref="OkxCacheException">The cache is offline; announcements are not kept.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    /// <remarks>GET /api/v5/system/status, at most once in 5 s however many callers ask; between, the last answer is given. Events that concern the other environment, live or demo, are left out.</remarks>
    Task<SystemStatus> GetSystemStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Streams candles: history first where it is asked for, then each candle as it closes. Each finished one comes exactly once, in order, without a hole.</summary>
    /// <param name="query">The instruments, the bar, where to begin, and whether forming candles are wanted, too.</param>
    /// <param name="cancellationToken">Ends the stream; so does leaving the enumeration.</param>
    /// <returns>The candles, oldest first within an instrument; it has no end of its own. Nothing is subscribed to before it is enumerated, and each enumeration is a stream of its own.</returns>
    /// <exception cref="ArgumentException">A symbol, the bar or the start is not valid.</exception>
    /// <exception cref="OkxCacheException">The cache is in offline mode, in which nothing can be streamed.</exception>
    /// <exception cref="OkxStreamException">While enumerating: OKX does not know an instrument, or no longer; streams of others are not affected.</exception>
    /// <exception cref="OkxValidationException">While enumerating: a rule whose policy is to throw is broken in the history that the stream begins with.</exception>
    /// <exception cref="ObjectDisposedException">While enumerating: the client was disposed.</exception>
    /// <remarks>
    /// WebSocket channel <c>candle…</c> under <c>/ws/v5/business</c>. What the connection misses is fetched from GET /api/v5/market/candles and
    /// /api/v5/market/history-candles, under the same limits; no outage ends a stream. A bar that OKX itself has no candle of, or only one that
    /// breaks a rule, is skipped and named in <see cref="CandleUpdate.MissingBefore"/>. A slow reader holds up only itself: it gets every finished
    /// candle, what found no room in memory from OKX's history. Finished candles are cached. Whether a candle is finished is OKX's word; the local
    /// clock, which may be wrong, decides only when to ask.
    /// </remarks>
    IAsyncEnumerable<CandleUpdate> StreamCandlesAsync(CandleStreamQuery query, CancellationToken cancellationToken = default);

    /// <summary>Asks OKX what the API key in use may do, and refuses one that may do more than read.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The key's permissions, the addresses it is bound to, and when it expires unused.</returns>
    /// <exception cref="OkxCredentialException">
    /// No key is set, OKX accepts none of those that are, the host is called over plain HTTP, or the key may trade or withdraw while
    /// <see cref="Credentials.CredentialsOptions.RequireReadOnlyKeys"/> is set. The message names the key by its last four characters and says what to do.
    /// </exception>
    /// <exception cref="OkxCacheException">The cache is in offline mode, in which nothing is asked.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    /// <remarks>
    /// GET /api/v5/account/config, the only call of this library that is signed: all others are public and never carry a key. Of several keys
    /// the one whose turn it is is asked about; one that OKX rejects rests, and the next takes its place. Never cached. GET /api/v5/public/time
    /// comes first where the host's time is not known.
    /// </remarks>
    Task<KeyReport> VerifyCredentialsAsync(CancellationToken cancellationToken = default);
}
