using System.Buffers.Text;
using OkxData.Errors;

namespace OkxData.Streaming;

/// <content>Errors, and questions without an answer.</content>
internal sealed partial class SubscriptionLedger
{
    // Groups of this size and less are asked one by one.
    private const int SmallGroup = 4;

    private const int MostUnanswered = 3;

    private static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(30);

    // A message that names two unknown symbols has two errors without an id; the second must not be taken for the answer to the next question.
    private static readonly TimeSpan StrayTime = TimeSpan.FromSeconds(0.25);

    private TimeSpan _hold = FirstHold;

    /// <summary>When the ledger is to be looked at again, as a timestamp.</summary>
    public long DueAt
    {
        get
        {
            var due = _holdUntil > timeProvider.GetTimestamp() ? _holdUntil : long.MaxValue;
            foreach (var request in _open)
                due = Math.Min(due, request.Deadline);
            return due;
        }
    }

    /// <summary>Takes an error of OKX.</summary>
    /// <param name="id">The id that it echoes; empty where it has none.</param>
    /// <param name="code">OKX's code.</param>
    /// <param name="message">What OKX said.</param>
    /// <param name="named">The topic that it names; usually none.</param>
    /// <returns>The topic that is refused, where the error can only mean that one.</returns>
    public TopicSlot? Refuse(ReadOnlySpan<byte> id, string code, string message, TopicSlot? named = null)
    {
        if (named is { State: SlotState.Asked } && !OkxErrorCodes.IsTransient(code))
        {
            Answer(named);
            return Reject(named);
        }

        var isOurs = Utf8Parser.TryParse(id, out long number, out var parsed) && parsed == id.Length && number > 0 && number <= _requests;
        var request = isOurs ? _open.Find(open => open.Number == number) : _open is [var only] ? only : null;
        if (isOurs && request is null)
            return null;

        if (request is { IsSubscribe: false } && OkxErrorCodes.IsTransient(code))
        {
            LeaveLater(request);
            return null;
        }

        var suspects = (request is not null ? request.Open : _open.Where(open => open.IsSubscribe).SelectMany(open => open.Open)).ToList();
        foreach (var open in request is not null ? [request] : _open.ToArray())
            Forget(open);

        if (!isOurs)
            HoldFor(StrayTime, oneAtATime: true);
        if (OkxErrorCodes.IsTransient(code))
            Defer(suspects);
        else if (request is { IsSubscribe: true } && suspects is [var culprit] && (isOurs || !NamesAnother(culprit, message)))
            return Reject(culprit);
        else
            Regroup(suspects, message);
        return null;
    }

    /// <summary>Asks again what was not answered in time.</summary>
    /// <returns>Whether the connection is of no use: it was asked again and again, and nothing at all came back.</returns>
    public bool IsDeaf()
    {
        var now = timeProvider.GetTimestamp();
        foreach (var request in _open.Where(open => open.Deadline <= now).ToList())
        {
            var silent = request.Open.ToList();
            Forget(request);
            foreach (var slot in silent)
                slot.Unanswered++;
            if (silent.Exists(slot => slot.Unanswered >= MostUnanswered && !(_servedAt >= slot.AskedSince)))
                return true;

            // With each time that OKX says nothing, what it says nothing about is narrowed down.
            if (request.IsSubscribe && silent.Count > 0)
                Regroup(silent, "");
        }

        return false;
    }

    /// <summary>Takes the slots of a message that is not waited for any longer back into the queue, or off the connection.</summary>
    private void Forget(StreamRequest request)
    {
        _open.Remove(request);
        foreach (var slot in request.Open.ToList())
        {
            slot.Request = null;
            if (request.IsSubscribe)
                slot.State = SlotState.Queued;
            else if (slot.IsWanted)
                Requeue(slot);
            else
                Remove(slot);
        }
    }

    private void LeaveLater(StreamRequest request)
    {
        HoldFor(_hold, _oneAtATime);
        _open.Remove(request);
        foreach (var slot in request.Open.ToList())
        {
            (slot.State, slot.Request) = (slot.IsWanted ? SlotState.Served : SlotState.Leaving, null);
            Enqueue(slot);
        }
    }

    private TopicSlot Reject(TopicSlot slot)
    {
        Remove(slot);
        return slot;
    }

    private void Defer(List<TopicSlot> slots)
    {
        HoldFor(_hold, _oneAtATime);
        _hold = _hold * 2 < LongestHold ? _hold * 2 : LongestHold;
        EnqueueGroups(slots, MostSlotsOfARequest);
    }

    private void Regroup(List<TopicSlot> slots, string message)
    {
        // OKX's text often names the culprit; it is only a hint, and what it names is asked alone first.
        var named = message.Length == 0 ? [] : slots.FindAll(slot => Names(message, slot.Topic.Symbol));
        if (named.Count > 0 && named.Count < slots.Count)
        {
            Regroup(named, "");
            EnqueueGroups(slots.Except(named), MostSlotsOfARequest);
            return;
        }

        EnqueueGroups(slots, slots.Count <= SmallGroup ? 1 : Math.Min((slots.Count + 1) / 2, MostSlotsOfARequest));
    }

    private void EnqueueGroups(IEnumerable<TopicSlot> slots, int size)
    {
        foreach (var group in slots.Chunk(size))
            _regrouped.Enqueue([.. group]);
    }

    private bool NamesAnother(TopicSlot slot, string message) =>
        !Names(message, slot.Topic.Symbol) && _slots.Values.Any(other => other != slot && Names(message, other.Topic.Symbol));

    // A whole word: the name of a swap holds that of its spot pair.
    private static bool Names(string message, string symbol)
    {
        for (var at = message.IndexOf(symbol, StringComparison.Ordinal); at >= 0; at = message.IndexOf(symbol, at + 1, StringComparison.Ordinal))
        {
            var end = at + symbol.Length;
            if ((at == 0 || !IsOfAName(message[at - 1])) && (end == message.Length || !IsOfAName(message[end])))
                return true;
        }

        return false;

        static bool IsOfAName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
    }

    private void HoldFor(TimeSpan span, bool oneAtATime)
    {
        _oneAtATime = oneAtATime;
        _holdUntil = Math.Max(_holdUntil, timeProvider.GetTimestamp() + ToTimestamp(span));
    }
}
