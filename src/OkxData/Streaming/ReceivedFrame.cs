namespace OkxData.Streaming;

/// <summary>One message of a socket.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its bytes; empty where they are of no use.</param>
internal readonly record struct ReceivedFrame(ReceivedKind Kind, ReadOnlyMemory<byte> Text);

/// <summary>What a message of a socket is.</summary>
internal enum ReceivedKind
{
    Text,

    Binary,

    /// <summary>Longer than any that OKX sends; its bytes are gone.</summary>
    Oversized,

    Close,
}
