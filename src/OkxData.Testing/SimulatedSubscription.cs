namespace OkxData.Testing;

/// <summary>A subscription that is in force at the simulator.</summary>
/// <param name="Connection">The number of its connection; see <see cref="RecordedSocket.Number"/>.</param>
/// <param name="Channel">OKX's word, such as <c>tickers</c> or <c>candle1m</c>.</param>
/// <param name="Symbol">The instrument.</param>
public sealed record SimulatedSubscription(int Connection, string Channel, string Symbol);
