namespace OkxData.Testing.Sockets;

/// <summary>A channel of an instrument, such as <c>candle1m</c> of <c>BTC-USDT</c>.</summary>
internal readonly record struct SocketTopic(string Channel, string Symbol);
