using OkxData.Testing.Series;

namespace OkxData.Testing.Serving;

/// <summary>The way between client and exchange, and the time that it takes.</summary>
internal sealed class Wire(OkxSimulatorOptions options)
{
    private readonly ulong _seed = Noise.Seed(options.Seed, "wire");
    private long _messages;

    public TimeSpan Latency { get; set; } = options.Latency;

    public TimeSpan Jitter { get; set; } = options.Jitter;

    /// <summary>How long the next message is on its way; zero or less where it takes no time.</summary>
    public TimeSpan Draw()
    {
        var place = Interlocked.Increment(ref _messages);
        return Latency + Jitter * (Noise.Unit(_seed, place, 0) * 2 - 1);
    }

    /// <summary>Waits, by the given clock, until the next message has arrived.</summary>
    public Task CrossAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var latency = Draw();
        return latency <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(latency, clock, cancellationToken);
    }
}
