using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace OkxData.Streaming;

/// <summary>One message to OKX. Guarded by the feed's lock.</summary>
/// <param name="number">Its number on the connection, which is also the <c>id</c> that OKX echoes.</param>
/// <param name="isSubscribe">Whether it subscribes, rather than unsubscribes.</param>
/// <param name="slots">What it names.</param>
/// <param name="deadline">The timestamp by which every one should be answered.</param>
internal sealed class StreamRequest(long number, bool isSubscribe, List<TopicSlot> slots, long deadline)
{
    public long Number => number;

    public bool IsSubscribe => isSubscribe;

    public long Deadline => deadline;

    /// <summary>Those that have not been answered.</summary>
    public IEnumerable<TopicSlot> Open => slots.Where(slot => slot.Request == this);

    public bool IsAnswered => slots.TrueForAll(slot => slot.Request != this);

    public ReadOnlyMemory<byte> ToMessage()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("id"u8, number.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("op"u8, isSubscribe ? "subscribe"u8 : "unsubscribe"u8);
        writer.WriteStartArray("args"u8);
        foreach (var slot in slots)
        {
            writer.WriteStartObject();
            writer.WriteString("channel"u8, slot.Topic.Channel);
            writer.WriteString("instId"u8, slot.Topic.Symbol);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
