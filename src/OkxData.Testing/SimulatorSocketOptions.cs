namespace OkxData.Testing;

/// <summary>How the WebSocket half of a simulator behaves. All times run by the exchange's clock.</summary>
public sealed class SimulatorSocketOptions
{
    /// <summary>The faults that are injected.</summary>
    public SimulatorSocketFaultOptions Faults { get; } = new();

    /// <summary>How often a ticker is pushed.</summary>
    /// <value>The default is one second; OKX pushes every 100 ms at most, when something was traded or the best prices moved.</value>
    public TimeSpan TickerInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a forming candle is pushed.</summary>
    /// <value>The default is one second, OKX's fastest.</value>
    public TimeSpan CandleInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after its close a candle is pushed for the last time, with <c>confirm</c> 1. The next candle is pushed after that, never before.</summary>
    /// <value>The default is 100 milliseconds; OKX's own delay is not known.</value>
    public TimeSpan ConfirmDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a subscription is answered with a push at once, after the acknowledgement.</summary>
    /// <value>The default is <see langword="true"/>; OKX does not promise it.</value>
    public bool PushOnSubscribe { get; set; } = true;

    /// <summary>Whether a forming candle or a ticker is pushed although nothing but the time has changed since the push before.</summary>
    /// <value>The default is <see langword="true"/>. Closed candles are pushed either way.</value>
    public bool PushUnchanged { get; set; } = true;

    /// <summary>Instruments of which nothing at all is pushed, closed candles included; REST serves them.</summary>
    public ISet<string> QuietSymbols { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether an acknowledgement or error repeats the <c>id</c> of its request.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EchoRequestId { get; set; } = true;

    /// <summary>Whether acknowledgements, errors and notices carry <c>connId</c>, as they do since 2023.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool SendConnectionId { get; set; } = true;

    /// <summary>How long a connection stays open on which nothing is pushed and no <c>ping</c> comes; then it is closed with 4004.</summary>
    /// <value>The default is OKX's 30 seconds.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether <see cref="ConnectionsPerSecond"/> and <see cref="RequestsPerHour"/> are enforced. Everything is recorded either way.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EnforceLimits { get; set; } = true;

    /// <summary>How many connections are taken in any second, over all paths; more get HTTP 429.</summary>
    /// <value>The default is OKX's 3.</value>
    public int ConnectionsPerSecond { get; set; } = 3;

    /// <summary>How many requests (subscribe, unsubscribe and login messages, however many topics each has) a connection may send in any hour; more get the error 60014.</summary>
    /// <value>The default is OKX's 480.</value>
    public int RequestsPerHour { get; set; } = 480;

    /// <summary>The longest message that is taken, in bytes; a longer one closes the connection with 1009.</summary>
    /// <value>The default is OKX's 65,536.</value>
    public int MaxMessageBytes { get; set; } = 64 * 1024;
}
