using System.Text;
using OkxData.Diagnostics;
using OkxData.Errors;

namespace OkxData.Streaming;

/// <summary>The connection of one path while anybody listens there: from its first topic to its last.</summary>
internal sealed partial class StreamFeed : IAsyncDisposable
{
    private const int ShownBytes = 120;

    private readonly StreamContext _context;
    private readonly Dictionary<StreamTopic, FeedTopic> _topics = [];
    private readonly List<StreamSession> _sessions = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly LogThrottle _unusable;
    private readonly Outage _outage;
    private Task _completion = Task.CompletedTask;
    private bool _isClosed;

    public StreamFeed(StreamPath path, StreamContext context)
    {
        (Path, Name, _context) = (path, StreamPaths.NameOf(path), context);
        _unusable = new LogThrottle(context.TimeProvider);
        _outage = new Outage(path, context);
    }

    public StreamPath Path { get; }

    public string Name { get; }

    /// <summary>How long its streams have not been served, once that was reported.</summary>
    public TimeSpan? InterruptedFor => _outage.Said;

    /// <summary>Guards the feed, its connections and their ledgers, and is held while listeners are told.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether its last topic has left.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Adds a listener to topics; <see langword="false"/> where the last one has left meanwhile, and another feed is needed.</summary>
    public bool TryAdd(StreamSubscription subscription, IEnumerable<StreamTopic> topics)
    {
        lock (Gate)
        {
            if (_isClosed)
                return false;

            var isFirst = _topics.Count == 0;
            foreach (var topic in topics)
                Add(subscription, topic);
            if (isFirst)
                Open();
            return true;
        }
    }

    /// <summary>Takes a listener away.</summary>
    /// <returns>When that has closed the connection, its end.</returns>
    public Task Remove(StreamSubscription subscription)
    {
        lock (Gate)
        {
            foreach (var (topic, entry) in _topics.Where(pair => pair.Value.Remove(subscription) && pair.Value.IsEmpty).ToList())
                Drop(topic);
            return _topics.Count > 0 ? Task.CompletedTask : Close();
        }
    }

    /// <summary>Ends everything, since the client is disposed.</summary>
    /// <returns>The end.</returns>
    public ValueTask DisposeAsync()
    {
        lock (Gate)
        {
            var subscriptions = _topics.Values.SelectMany(topic => topic.Subscriptions).ToHashSet();
            _topics.Clear();
            foreach (var subscription in subscriptions)
                Tell(subscription, default, static (listener, _) => listener.OnDisposed());
            return new ValueTask(Close());
        }
    }

    public void OnPush(StreamTopic topic, ReadOnlySpan<byte> data)
    {
        if (!_topics.TryGetValue(topic, out var entry))
            return;

        foreach (var subscription in entry.Subscriptions)
        {
            try
            {
                subscription.Listener.OnPush(topic, data);
            }
            catch (Exception exception)
            {
                StreamingLog.ListenerFailed(_context.Logger, Name, exception);
            }
        }
    }

    /// <summary>A connection serves a topic, by its word or by a push.</summary>
    public void OnServed(StreamSession session, StreamTopic topic)
    {
        _outage.End();
        if (_topics.TryGetValue(topic, out var entry))
        {
            var isNew = entry.Server is null;
            entry.Server = session;
            if (isNew)
                TellAll(entry, topic, static (listener, topic) => listener.OnSubscribed(topic));
        }

        Retire(session);
    }

    /// <summary>OKX will not serve a topic.</summary>
    public void OnRefused(StreamSession session, StreamTopic topic, string code, string message)
    {
        StreamingLog.Rejected(_context.Logger, topic.Channel, topic.Symbol, code, message);
        if (_topics.TryGetValue(topic, out var entry))
        {
            Drop(topic);
            foreach (var subscription in entry.Subscriptions)
                Tell(subscription, topic, (listener, refused) => listener.OnRejected(refused, StreamErrors.Refused(refused, code, message)));
        }

        if (_topics.Count == 0)
            Close();
        else
            Retire(session);
    }

    /// <summary>A frame that is of no use was received.</summary>
    public void Unusable(string kind, ReadOnlySpan<byte> text)
    {
        _context.Metrics.Unusable(Path, kind);
        if (_unusable.Allows(out var count))
            StreamingLog.FrameUnusable(_context.Logger, Name, count, kind, ServerText.Clean(Encoding.UTF8.GetString(text[..Math.Min(text.Length, ShownBytes)])));
    }

    private void Add(StreamSubscription subscription, StreamTopic topic)
    {
        if (!_topics.TryGetValue(topic, out var entry))
        {
            _topics.Add(topic, entry = new FeedTopic());
            if (_sessions is [.., var newest])
            {
                newest.Want(topic);
                entry.Server = newest.Serves(topic) ? newest : null;
            }
        }

        entry.Add(subscription);
        if (entry.Server is not null)
            Tell(subscription, topic, static (listener, topic) => listener.OnSubscribed(topic));
    }

    private void Drop(StreamTopic topic)
    {
        _topics.Remove(topic);
        foreach (var session in _sessions)
            session.Drop(topic);
        if (_sessions is [_, .., var newest])
            Retire(newest);
    }

    private void TellAll(FeedTopic entry, StreamTopic topic, Action<IStreamListener, StreamTopic> what)
    {
        foreach (var subscription in entry.Subscriptions)
            Tell(subscription, topic, what);
    }

    private void Tell(StreamSubscription subscription, StreamTopic topic, Action<IStreamListener, StreamTopic> what)
    {
        try
        {
            what(subscription.Listener, topic);
        }
        catch (Exception exception)
        {
            StreamingLog.ListenerFailed(_context.Logger, Name, exception);
        }
    }
}
