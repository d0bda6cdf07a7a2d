using System.Text;
using OkxData.Errors;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

/// <summary>Keeps what it hears, in order.</summary>
internal sealed class RecordingListener : IStreamListener
{
    private readonly List<string> _heard = [];
    private readonly Lock _lock = new();

    /// <summary>For each call its kind and symbol, such as <c>push BTC-USDT [1]</c>.</summary>
    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_lock)
                return [.. _heard];
        }
    }

    public OkxStreamException? Rejection { get; private set; }

    public Action? OnAny { get; set; }

    public int Count(string what)
    {
        lock (_lock)
            return _heard.Count(heard => heard == what);
    }

    public bool Has(string what) => Count(what) > 0;

    public void OnPush(StreamTopic topic, ReadOnlySpan<byte> data) => Add($"push {topic.Symbol} {Encoding.UTF8.GetString(data)}");

    public void OnSubscribed(StreamTopic topic) => Add($"subscribed {topic.Symbol}");

    public void OnInterrupted(StreamTopic topic) => Add($"interrupted {topic.Symbol}");

    public void OnRejected(StreamTopic topic, OkxStreamException reason)
    {
        Rejection = reason;
        Add($"rejected {topic.Symbol}");
    }

    public void OnDisposed() => Add("disposed");

    private void Add(string what)
    {
        lock (_lock)
            _heard.Add(what);
        OnAny?.Invoke();
    }
}
