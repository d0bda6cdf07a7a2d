using Microsoft.Extensions.DependencyInjection;
using OkxData.Account;
using OkxData.Candles;
using OkxData.Candles.Live;
using OkxData.Http;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Rankings;
using OkxData.Status;
using OkxData.Streaming;
using OkxData.Tickers;
using OkxData.Tickers.Live;

namespace OkxData;

/// <summary>The client that <c>AddOkxMarketData</c> registers and <see cref="Create"/> makes.</summary>
/// <remarks>Thread-safe. One that <see cref="Create"/> made is to be disposed; one from a host's container is the container's.</remarks>
public sealed class OkxMarketClient : IOkxMarketClient, IAsyncDisposable, IDisposable
{
    private readonly InstrumentService _instruments;
    private readonly TickerService _tickers;
    private readonly CandleService _candles;
    private readonly CandleHistory _history;
    private readonly StatusService _status;
    private readonly RankingService _rankings;
    private readonly CandleStreamService _candleStreams;
    private readonly StreamHub _streams;
    private readonly TickerStreamService _tickerStreams;
    private readonly KeyCheck _keys;
    private readonly OkxTransports _transports;
    private ServiceProvider? _owned;

    internal OkxMarketClient(
        InstrumentService instruments, TickerService tickers, CandleService candles, CandleHistory history, StatusService status, RankingService rankings,
        CandleStreamService candleStreams, TickerStreamService tickerStreams, StreamHub streams, KeyCheck keys, OkxTransports transports)
    {
        (_instruments, _tickers, _candles, _history, _status, _rankings) = (instruments, tickers, candles, history, status, rankings);
        (_candleStreams, _tickerStreams, _streams, _keys, _transports) = (candleStreams, tickerStreams, streams, keys, transports);
    }

    internal StreamHub Streams => _streams;

    /// <summary>Makes a client for a program without a host; nothing has to be set.</summary>
    /// <param name="configure">Sets options; <see langword="null"/> for the defaults.</param>
    /// <param name="build">Adds services, such as logging, a store or a simulator.</param>
    /// <returns>The client; dispose it when the program ends.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range; the message names it.</exception>
    public static OkxMarketClient Create(Action<OkxMarketDataOptions>? configure = null, Action<IOkxMarketDataBuilder>? build = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddOkxMarketData(configure ?? (static _ => { }));
        build?.Invoke(builder);
        var provider = services.BuildServiceProvider();
        try
        {
            var client = (OkxMarketClient)provider.GetRequiredService<IOkxMarketClient>();
            client._owned = provider;
            return client;
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Instrument>> GetInstrumentsAsync(InstrumentType type = InstrumentType.Spot, CancellationToken cancellationToken = default) =>
        _instruments.GetAsync(type, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Ticker>> GetTickersAsync(InstrumentType type = InstrumentType.Spot, CancellationToken cancellationToken = default) =>
        _tickers.GetAsync(type, cancellationToken);

    /// <inheritdoc/>
    public Task<MarketCapRanking> GetMarketCapRankingAsync(MarketCapQuery? query = null, CancellationToken cancellationToken = default) =>
        _rankings.GetAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<CandleSeries> GetCandlesAsync(CandleQuery query, CancellationToken cancellationToken = default) =>
        _candles.GetAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<CandleBatch> GetCandlesAsync(CandleBatchQuery query, CancellationToken cancellationToken = default) =>
        _candles.GetAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<CandleSeries> AcceptHistoryAsync(string symbol, BarSize bar = BarSize.OneDay, CancellationToken cancellationToken = default) =>
        _history.AcceptAsync(symbol, bar, cancellationToken);

    /// <inheritdoc/>
    public Task<CandleSeries> JoinHistoryAsync(string symbol, string olderSymbol, BarSize bar = BarSize.OneDay, DateTimeOffset? at = null, CancellationToken cancellationToken = default) =>
        _history.JoinAsync(symbol, olderSymbol, bar, at, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> SeparateHistoryAsync(string symbol, BarSize bar = BarSize.OneDay, CancellationToken cancellationToken = default) =>
        _history.SeparateAsync(symbol, bar, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Ticker> StreamTickersAsync(IEnumerable<string> symbols, CancellationToken cancellationToken = default) =>
        _tickerStreams.StreamAsync(symbols, cancellationToken);

    /// <inheritdoc/>
    public Task<SystemStatus> GetSystemStatusAsync(CancellationToken cancellationToken = default) =>
        _status.GetAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<CandleUpdate> StreamCandlesAsync(CandleStreamQuery query, CancellationToken cancellationToken = default) =>
        _candleStreams.StreamAsync(query, cancellationToken);

    /// <inheritdoc/>
    public Task<KeyReport> VerifyCredentialsAsync(CancellationToken cancellationToken = default) => _keys.VerifyAsync(cancellationToken);

    /// <summary>
    /// Ends all streams, whose enumerations throw an <see cref="ObjectDisposedException"/>, and all calls in flight, which fail; then releases
    /// connections and timers of a client that <see cref="Create"/> made.
    /// </summary>
    /// <returns>When that is done.</returns>
    public async ValueTask DisposeAsync()
    {
        await _streams.DisposeAsync().ConfigureAwait(false);
        _transports.Dispose();

        // The container disposes its singletons, this client among them; only the first call passes on.
        if (Interlocked.Exchange(ref _owned, null) is { } owned)
            await owned.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Does the same without waiting, for containers that are disposed that way.</summary>
    public void Dispose()
    {
        _streams.End();
        _transports.Dispose();
        Interlocked.Exchange(ref _owned, null)?.Dispose();
    }
}
