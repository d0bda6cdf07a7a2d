using System.Globalization;
using OkxData.Testing.Market;
using OkxData.Testing.Series;
using OkxData.Testing.Serving;
using OkxData.Testing.Sockets;
using OkxData.Testing.Virtual;

namespace OkxData.Testing;

/// <summary>An OKX of your own: a real HTTP and WebSocket server on the loopback, in this process, that behaves like OKX's public market data.</summary>
/// <remarks>
/// The same seed and clock give the same bytes. What it does not do is in the package's README. Thread-safe; dispose it
/// to free the port. Ports of the loopback only: nothing outside this machine can reach it.
/// </remarks>
public sealed partial class OkxSimulator : IAsyncDisposable
{
    private readonly SimulatorParts _parts;
    private readonly SimulatorWorld _world;

    private OkxSimulator(string name, TimeProvider clock, SimulatorParts parts)
    {
        (Name, Clock, _parts) = (name, clock, parts);
        _world = new SimulatorWorld(parts.Sockets, parts.Bustle);
        (clock as VirtualClock)?.Attach(_world);
    }

    /// <summary>The name under which a client's cache keeps this exchange's data.</summary>
    public string Name { get; }

    /// <summary>The address of the REST half, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseAddress => _parts.Host.Address;

    /// <summary>The address of the WebSocket half, such as <c>ws://127.0.0.1:40123/</c>: the same port.</summary>
    public Uri WebSocketAddress => new UriBuilder(BaseAddress) { Scheme = "ws" }.Uri;

    /// <summary>The exchange's clock. Give it to the client under test as well, so that both agree which candle is forming.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Every request that arrived, in order of arrival; a copy.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _parts.Log.Snapshot();

    /// <summary>How many requests arrived.</summary>
    public int TotalRequests => _parts.Log.Count;

    /// <summary>Starts a simulator on a free port.</summary>
    /// <param name="options">What it serves and how it behaves; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The simulator, listening.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">The folder of recorded rows does not exist or holds none.</exception>
    /// <exception cref="FormatException">A recorded file is not of the stated form.</exception>
    public static async Task<OkxSimulator> StartAsync(OkxSimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new OkxSimulatorOptions();
        var recording = options.ReplayFolder is { } folder ? new RecordedFolder(folder, options.ContractValues) : null;
        var name = options.Name ?? (recording is null ? string.Create(CultureInfo.InvariantCulture, $"simulator-{(uint)options.Seed}") : "simulator-recorded");
        var clock = options.Clock
            ?? ((options.StartAt ?? recording?.End) is { } start ? new OffsetClock(start) : TimeProvider.System);
        var symbols = SymbolsOf(options, recording, clock);
        var defects = new DefectBook();
        foreach (var defect in options.Defects)
            defects.Add(defect);

        var log = new RequestLog(options.Limits, clock);
        var faults = new FaultInjector(options.Seed, options.Faults);
        var candles = new CandleHandler(symbols, defects, options);
        var market = new MarketHandler(symbols);
        var marketCaps = new MarketCapHandler(new AssetBook(options.MarketCaps, symbols));
        var bustle = new Bustle();
        var wire = new Wire(options);
        var sockets = new SocketExchange(options, symbols, defects, clock, market.IsInMaintenance, wire.Draw);
        var pipeline = new RequestPipeline(options, clock, log, faults, candles, market, marketCaps, wire, new SocketDoor(sockets));
        var host = await KestrelHost.StartAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return new OkxSimulator(name, clock, new SimulatorParts
        {
            Host = host,
            Log = log,
            Pipeline = pipeline,
            Wire = wire,
            Faults = faults,
            Candles = candles,
            Market = market,
            Symbols = symbols,
            Defects = defects,
            Sockets = sockets,
            FaultOptions = options.Faults,
            Bustle = bustle,
        });
    }

    /// <summary>Starts a simulator on a free port.</summary>
    /// <param name="configure">Sets what differs from the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The simulator, listening.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">The folder of recorded rows does not exist or holds none.</exception>
    /// <exception cref="FormatException">A recorded file is not of the stated form.</exception>
    public static Task<OkxSimulator> StartAsync(Action<OkxSimulatorOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new OkxSimulatorOptions();
        configure(options);
        return StartAsync(options, cancellationToken);
    }

    /// <summary>How many requests for a path arrived.</summary>
    /// <param name="path">The path; see <see cref="SimulatorPaths"/>.</param>
    /// <returns>The number, refused and failed ones included.</returns>
    public int RequestCount(string path) => _parts.Log.CountOf(path);

    /// <summary>The most requests for a path that arrived in any window of a length, wherever it is placed: exact.</summary>
    /// <param name="path">The path; see <see cref="SimulatorPaths"/>.</param>
    /// <param name="window">The length; its start is inclusive, its end exclusive.</param>
    /// <returns>The number, refused and failed ones included, over all scopes of the path.</returns>
    public int MaxRequestsInAnyWindow(string path, TimeSpan window) => _parts.Log.MaxInAnyWindow(path, window);

    /// <summary>Stops listening and cuts what is still being answered.</summary>
    /// <returns>When the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        (Clock as VirtualClock)?.Detach(_world);
        _parts.Sockets.Dispose();
        await _parts.Host.DisposeAsync().ConfigureAwait(false);
    }

    private static SymbolBook SymbolsOf(OkxSimulatorOptions options, RecordedFolder? recording, TimeProvider clock)
    {
        var symbols = new SymbolBook(options.Seed);
        if (options.IncludeDefaultSymbols ?? recording is null)
        {
            foreach (var symbol in DefaultSymbols.All(clock.GetUtcNow()))
                symbols.Add(symbol);
        }

        foreach (var symbol in options.Symbols)
            symbols.Add(symbol);
        foreach (var name in recording?.Symbols ?? [])
            symbols.AddRecorded(recording!.Describe(name), recording.SeriesOf(name));
        return symbols;
    }
}
