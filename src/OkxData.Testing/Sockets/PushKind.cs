namespace OkxData.Testing.Sockets;

/// <summary>What a push tells.</summary>
internal enum PushKind
{
    Ticker,
    Forming,

    /// <summary>A closed candle's last push.</summary>
    Confirming,
}
