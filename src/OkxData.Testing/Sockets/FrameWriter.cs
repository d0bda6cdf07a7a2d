using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OkxData.Testing.Market;
using OkxData.Testing.Series;

namespace OkxData.Testing.Sockets;

/// <summary>Makes the messages of the exchange. For one thread.</summary>
internal sealed class FrameWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public FrameWriter() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static Frame Pong { get; } = new("pong"u8.ToArray());

    public Frame Acknowledgement(string operation, SocketTopic topic, string? id, string? connectionId)
    {
        Begin();
        if (id is not null)
            _writer.WriteString("id", id);
        _writer.WriteString("event", operation);
        WriteTopic(topic);
        return End(connectionId);
    }

    public Frame Error(string code, string message, string? id, string? connectionId) => Event("error", code, message, id, connectionId);

    public Frame Notice(string code, string message, string? connectionId) => Event("notice", code, message, null, connectionId);

    public Frame Candles(SocketTopic topic, CandleRow row)
    {
        Begin();
        WriteTopic(topic);
        _writer.WriteStartArray("data");
        CandleRowWriter.Write(_writer, row);
        _writer.WriteEndArray();
        return End(null);
    }

    public Frame Ticker(SocketTopic topic, ListedSymbol symbol, DateTimeOffset at)
    {
        Begin();
        WriteTopic(topic);
        _writer.WriteStartArray("data");
        TickerWriter.Write(_writer, symbol, SymbolShape.WordOf(symbol.Type) ?? "", at);
        _writer.WriteEndArray();
        return End(null);
    }

    public void Dispose() => _writer.Dispose();

    private Frame Event(string word, string code, string message, string? id, string? connectionId)
    {
        Begin();
        if (id is not null)
            _writer.WriteString("id", id);
        _writer.WriteString("event", word);
        _writer.WriteString("code", code);
        _writer.WriteString("msg", message);
        return End(connectionId);
    }

    private void Begin()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
    }

    private void WriteTopic(SocketTopic topic)
    {
        _writer.WriteStartObject("arg");
        _writer.WriteString("channel", topic.Channel);
        _writer.WriteString("instId", topic.Symbol);
        _writer.WriteEndObject();
    }

    private Frame End(string? connectionId)
    {
        if (connectionId is not null)
            _writer.WriteString("connId", connectionId);
        _writer.WriteEndObject();
        _writer.Flush();
        return new Frame(_buffer.WrittenSpan.ToArray());
    }
}
