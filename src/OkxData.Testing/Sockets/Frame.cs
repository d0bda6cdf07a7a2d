using System.Net.WebSockets;

namespace OkxData.Testing.Sockets;

/// <summary>A message on its way to the client, or a part of one.</summary>
internal readonly record struct Frame(ReadOnlyMemory<byte> Content, WebSocketMessageType Type = WebSocketMessageType.Text, bool IsEnd = true);
