using OkxData.Candles.Archive;
using OkxData.Models;
using OkxData.Streaming;

namespace OkxData.Candles.Live;

/// <summary>Subscribes to topics; disposing what it returns leaves them.</summary>
internal delegate IAsyncDisposable SubscribeToTopics(IReadOnlyList<StreamTopic> topics, IStreamListener listener);

/// <summary>What every stream of a client is made of.</summary>
internal sealed record StreamParts
{
    public required SubscribeToTopics Subscribe { get; init; }

    public required AskCandles Ask { get; init; }

    public required AskHistory AskHistory { get; init; }

    /// <summary>Where finished candles are kept; <see langword="null"/> where nothing is.</summary>
    public required CandleArchive? Archive { get; init; }

    public required StreamingOptions Options { get; init; }

    public required Func<BarSize, LiveReport> ReportFor { get; init; }

    public required TimeProvider TimeProvider { get; init; }
}
