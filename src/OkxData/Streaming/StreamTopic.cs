namespace OkxData.Streaming;

/// <summary>What is subscribed to: one channel of one instrument.</summary>
/// <param name="Path">Which of OKX's addresses has the channel.</param>
/// <param name="Channel">OKX's word, such as <c>tickers</c> or <c>candle1m</c>.</param>
/// <param name="Symbol">The instrument, as OKX writes it.</param>
internal readonly record struct StreamTopic(StreamPath Path, string Channel, string Symbol);
