using Microsoft.Extensions.Logging;

namespace OkxData.Streaming;

/// <summary>What all connections of a client share.</summary>
/// <param name="Options">How connections are kept.</param>
/// <param name="Opener">Opens them.</param>
/// <param name="TimeProvider">The clock.</param>
/// <param name="Random">Spreads the tries of many clients.</param>
/// <param name="Metrics">Counts.</param>
/// <param name="Logger">Says what happens.</param>
internal sealed record StreamContext(
    StreamingOptions Options, SocketOpener Opener, TimeProvider TimeProvider, Random Random, StreamingMetrics Metrics, ILogger Logger)
{
    /// <summary>From 0 to 1.</summary>
    public double NextRandom()
    {
        lock (Random)
            return Random.NextDouble();
    }
}
