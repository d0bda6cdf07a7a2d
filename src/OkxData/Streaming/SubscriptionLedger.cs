using System.Text;

namespace OkxData.Streaming;

/// <summary>
/// What one connection was asked, what it has answered, and what it is to be asked next. Knows no socket; guarded by the feed's lock.
/// </summary>
/// <remarks>
/// An error of OKX names no subscription. It is known by its message's <c>id</c>; where that named several, or where there is no
/// id, those not acknowledged are asked again in smaller messages until the culprit stands alone.
/// </remarks>
internal sealed partial class SubscriptionLedger(TimeProvider timeProvider)
{
    /// <summary>About 24 KB of channels; OKX allows 64.</summary>
    public const int MostSlotsOfARequest = 256;

    /// <summary>How long OKX has to answer; longer after it did not.</summary>
    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private const int LongestKey = 192;

    // What OKX never answers must not use up the messages of an hour.
    private const int MostDoublings = 5;

    private readonly Dictionary<string, TopicSlot> _slots = new(StringComparer.Ordinal);
    private readonly List<StreamRequest> _open = [];
    private readonly Queue<TopicSlot> _queue = new();
    private readonly Queue<List<TopicSlot>> _regrouped = new();
    private long _requests;
    private long _holdUntil = long.MinValue;
    private long? _servedAt;

    /// <summary>Set once OKX sends an error without an id: from then on there is one question at a time.</summary>
    private bool _oneAtATime;

    /// <summary>Whether everything asked for is served or refused.</summary>
    public bool IsSettled => _slots.Values.All(slot => slot.State is not (SlotState.Queued or SlotState.Asked));

    /// <summary>Whether OKX has acknowledged or pushed anything on this connection.</summary>
    public bool HasServed => _servedAt is not null;

    /// <summary>The slot of a topic that OKX names; nothing is allocated.</summary>
    public TopicSlot? Find(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> symbol)
    {
        if (channel.Length + symbol.Length + 1 > LongestKey)
            return null;

        Span<char> key = stackalloc char[LongestKey];
        var length = Encoding.UTF8.GetChars(channel, key);
        key[length++] = '/';
        length += Encoding.UTF8.GetChars(symbol, key[length..]);
        return _slots.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key[..length], out var slot) ? slot : null;
    }

    public TopicSlot? Find(StreamTopic topic) => _slots.GetValueOrDefault(KeyOf(topic));

    /// <summary>Sees to it that the topic is subscribed to.</summary>
    public void Want(StreamTopic topic)
    {
        if (!_slots.TryGetValue(KeyOf(topic), out var slot))
        {
            slot = new TopicSlot(topic);
            _slots.Add(KeyOf(topic), slot);
            Enqueue(slot);
            return;
        }

        slot.IsWanted = true;
        if (slot.State != SlotState.Leaving)
            return;

        slot.State = slot.WasServed ? SlotState.Served : SlotState.Queued;
        Enqueue(slot);
    }

    /// <summary>Sees to it that the topic is unsubscribed.</summary>
    public void Drop(StreamTopic topic)
    {
        if (!_slots.TryGetValue(KeyOf(topic), out var slot))
            return;

        slot.IsWanted = false;
        switch (slot.State)
        {
            case SlotState.Queued when !slot.WasAsked:
                Remove(slot);
                break;
            case SlotState.Queued or SlotState.Asked or SlotState.Served:
                Answer(slot);
                slot.State = SlotState.Leaving;
                Enqueue(slot);
                break;
        }
    }

    /// <summary>OKX acknowledged the topic or pushes it; whether that is news.</summary>
    public bool Serve(TopicSlot slot)
    {
        _servedAt = timeProvider.GetTimestamp();
        slot.WasServed |= slot.State != SlotState.Left;

        // One that is queued again, after an error, may yet be answered by what it was first asked in.
        if (slot.State != SlotState.Asked && !(slot.State == SlotState.Queued && slot.WasAsked))
            return false;

        slot.State = SlotState.Served;
        slot.Unanswered = 0;
        _hold = FirstHold;
        Answer(slot);
        return true;
    }

    /// <summary>OKX acknowledged that the topic is unsubscribed.</summary>
    public void Leave(TopicSlot slot)
    {
        if (slot.State != SlotState.Left)
            return;

        Answer(slot);
        if (slot.IsWanted)
            Requeue(slot);
        else
            Remove(slot);
    }

    /// <summary>Whether there is a message to be sent now.</summary>
    public bool HasNext => !IsHeld && (_queue.Any(slot => slot.State is SlotState.Queued or SlotState.Leaving)
        || _regrouped.Any(group => group.Exists(slot => slot.State == SlotState.Queued)));

    /// <summary>The next message, or <see langword="null"/> when there is none to be sent now.</summary>
    public StreamRequest? Next()
    {
        if (IsHeld)
            return null;

        var now = timeProvider.GetTimestamp();
        while (_queue.TryPeek(out var first))
        {
            if (first.State is SlotState.Queued or SlotState.Leaving)
                return Ask(now, first.State, TakeAlike(first.State));
            Dequeue();
        }

        // After what is new, so that what OKX will not answer holds up nobody.
        while (_regrouped.TryDequeue(out var group))
        {
            if (Ask(now, SlotState.Queued, group.Where(slot => slot.State == SlotState.Queued)) is { } again)
                return again;
        }

        return null;
    }

    private bool IsHeld => timeProvider.GetTimestamp() < _holdUntil || (_oneAtATime && _open.Count > 0);

    private static string KeyOf(StreamTopic topic) => $"{topic.Channel}/{topic.Symbol}";

    // In order, so that a topic which was left and wanted again is asked for after it was unsubscribed.
    private IEnumerable<TopicSlot> TakeAlike(SlotState state)
    {
        for (var count = 0; count < MostSlotsOfARequest && _queue.TryPeek(out var slot);)
        {
            if (slot.State is SlotState.Queued or SlotState.Leaving && slot.State != state)
                yield break;

            Dequeue();
            if (slot.State != state)
                continue;

            count++;
            yield return slot;
        }
    }

    private StreamRequest? Ask(long now, SlotState state, IEnumerable<TopicSlot> asked)
    {
        var slots = asked.ToList();
        if (slots.Count == 0)
            return null;

        var patience = AnswerTime * Math.Pow(2, Math.Clamp(slots.Max(slot => slot.Unanswered) - 1, 0, _oneAtATime ? 1 : MostDoublings));
        var request = new StreamRequest(++_requests, state == SlotState.Queued, slots, now + ToTimestamp(patience));
        foreach (var slot in slots)
        {
            if (slot.Unanswered == 0)
                slot.AskedSince = now;
            slot.State = request.IsSubscribe ? SlotState.Asked : SlotState.Left;
            slot.WasAsked |= request.IsSubscribe;
            slot.Request = request;
        }

        // What OKX serves already is named once more with what it said nothing about: its answer tells that the connection is well.
        if (request.IsSubscribe && slots.Exists(slot => slot.Unanswered > 0) && _slots.Values.FirstOrDefault(slot => slot.IsServed) is { } probe)
            slots.Add(probe);

        _open.Add(request);
        return request;
    }

    private void Answer(TopicSlot slot)
    {
        if (slot.Request is not { } request)
            return;

        slot.Request = null;
        if (request.IsAnswered)
            _open.Remove(request);
    }

    private void Requeue(TopicSlot slot)
    {
        (slot.State, slot.WasServed, slot.WasAsked) = (SlotState.Queued, false, false);
        Enqueue(slot);
    }

    private void Enqueue(TopicSlot slot)
    {
        if (slot.IsQueued)
            return;

        slot.IsQueued = true;
        _queue.Enqueue(slot);
    }

    private void Dequeue() => _queue.Dequeue().IsQueued = false;

    private void Remove(TopicSlot slot)
    {
        (slot.State, slot.Request) = (SlotState.Gone, null);
        _slots.Remove(KeyOf(slot.Topic));
    }

    private long ToTimestamp(TimeSpan span) => (long)(span.TotalSeconds * timeProvider.TimestampFrequency);
}
