using OkxData.Errors;

namespace OkxData.Streaming;

/// <summary>Hears of the topics that it subscribed to.</summary>
/// <remarks>
/// Called by one thread at a time, in the order of the wire: it returns at once, never waits and never throws. The first call may come
/// before <see cref="StreamHub.Subscribe"/> has returned; none comes once the subscription's disposal has begun to return. While a
/// connection takes another's place both may push, so the same push may come twice and an older one after a newer. The caller holds a
/// lock that subscribing and disposing of a subscription take: never do either while holding a lock that these methods wait for.
/// </remarks>
internal interface IStreamListener
{
    /// <summary>OKX pushed.</summary>
    /// <param name="topic">Whose push it is.</param>
    /// <param name="data">The JSON array under <c>data</c>; valid during the call only.</param>
    void OnPush(StreamTopic topic, ReadOnlySpan<byte> data);

    /// <summary>OKX has taken the subscription, for the first time or again: what it pushes from here on arrives.</summary>
    void OnSubscribed(StreamTopic topic);

    /// <summary>The connection is gone, and what OKX pushes until the next <see cref="OnSubscribed"/> is lost.</summary>
    void OnInterrupted(StreamTopic topic);

    /// <summary>OKX will not serve the topic; nothing more comes of it.</summary>
    void OnRejected(StreamTopic topic, OkxStreamException reason);

    /// <summary>The client is disposed; nothing more comes of any topic. Called once for each path that the listener has topics on.</summary>
    void OnDisposed();
}
