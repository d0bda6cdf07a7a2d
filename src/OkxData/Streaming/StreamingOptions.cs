namespace OkxData.Streaming;

/// <summary>How live streams keep their connections.</summary>
public sealed class StreamingOptions
{
    /// <summary>A connection that has received nothing for this long is asked whether it is alive.</summary>
    /// <value>The default is 25 seconds; OKX cuts a quiet connection after 30.</value>
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>A connection that has received nothing for this long, not even an answer to the question, is given up.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may take to be opened.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The first wait before a connection is tried again; it doubles from try to try, and a random part is added.</summary>
    /// <value>The default is half a second.</value>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest such wait.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A stream that OKX has not served for this long says so in the log and the metrics, and goes on trying.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan InterruptedAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after a candle's close OKX's history must lack it, while it has a newer one, for the stream to go on without it.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan MissingCandleAfter { get; set; } = TimeSpan.FromMinutes(1);
}
