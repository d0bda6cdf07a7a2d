using System.Text.Json;

namespace OkxData.Streaming;

/// <summary>What one text frame of OKX says; the spans point into the frame.</summary>
internal ref struct StreamFrame
{
    public FrameKind Kind;

    public ReadOnlySpan<byte> Id;

    public ReadOnlySpan<byte> Code;

    public ReadOnlySpan<byte> Message;

    public ReadOnlySpan<byte> Channel;

    public ReadOnlySpan<byte> Symbol;

    /// <summary>The whole array under <c>data</c>.</summary>
    public ReadOnlySpan<byte> Data;

    /// <summary>Reads a frame in one pass, its properties in any order; whatever is not a whole frame is <see cref="FrameKind.Malformed"/>.</summary>
    public static StreamFrame Read(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("pong"u8))
            return new StreamFrame { Kind = FrameKind.Pong };

        try
        {
            var reader = new Utf8JsonReader(text);
            var frame = new StreamFrame();
            frame.ReadObject(ref reader, text);
            return frame;
        }
        catch (JsonException)
        {
            return new StreamFrame { Kind = FrameKind.Malformed };
        }
        catch (InvalidOperationException)
        {
            // An escape of half a surrogate pair, which JSON allows and text does not.
            return new StreamFrame { Kind = FrameKind.Malformed };
        }
    }

    private void ReadObject(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;

        // Where there is no event, the frame is a push or nothing that is known.
        var named = FrameKind.Malformed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("arg"u8))
                ReadArgument(ref reader);
            else if (reader.ValueTextEquals("data"u8))
                Data = ReadArray(ref reader, text);
            else if (reader.ValueTextEquals("event"u8))
                named = KindOf(ReadText(ref reader));
            else if (reader.ValueTextEquals("id"u8))
                Id = ReadText(ref reader);
            else if (reader.ValueTextEquals("code"u8))
                Code = ReadText(ref reader);
            else if (reader.ValueTextEquals("msg"u8))
                Message = ReadText(ref reader);
            else
                SkipValue(ref reader);
        }

        // The reader throws on anything after the last brace.
        while (reader.Read())
        {
        }

        Kind = named is FrameKind.Malformed or FrameKind.Other && !Data.IsEmpty && !Channel.IsEmpty ? FrameKind.Push : named;
    }

    private void ReadArgument(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("channel"u8))
                Channel = ReadText(ref reader);
            else if (reader.ValueTextEquals("instId"u8))
                Symbol = ReadText(ref reader);
            else
                SkipValue(ref reader);
        }
    }

    private static ReadOnlySpan<byte> ReadArray(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        reader.Skip();
        return isArray ? text[start..(int)reader.BytesConsumed] : [];
    }

    // A text, or a number as it is written; anything else counts as absent. Escapes are rare, and only they cost an allocation.
    private static ReadOnlySpan<byte> ReadText(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            if (!reader.ValueIsEscaped)
                return reader.ValueSpan;

            var copy = new byte[reader.ValueSpan.Length];
            return copy.AsSpan(0, reader.CopyString(copy));
        }

        reader.Skip();
        return [];
    }

    private static void SkipValue(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static FrameKind KindOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("subscribe"u8))
            return FrameKind.Subscribed;
        if (name.SequenceEqual("unsubscribe"u8))
            return FrameKind.Unsubscribed;
        if (name.SequenceEqual("error"u8))
            return FrameKind.Error;
        return name.SequenceEqual("notice"u8) ? FrameKind.Notice : FrameKind.Other;
    }
}
