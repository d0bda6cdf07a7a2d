namespace OkxData.Testing.Sockets;

/// <summary>What is pushed of one topic, and to whom.</summary>
internal abstract class Feed(SocketTopic topic, ulong seed)
{
    public SocketTopic Topic => topic;

    /// <summary>The seed of what happens to its pushes.</summary>
    public ulong Seed => seed;

    public List<SocketConnection> Subscribers { get; } = [];

    /// <summary>How often it may push.</summary>
    public abstract TimeSpan Interval { get; }

    /// <summary>What a connection that has just subscribed is shown.</summary>
    public abstract void Greet(long now, SocketConnection subscriber);

    /// <summary>The interval has passed.</summary>
    public abstract void Beat(long now);
}
