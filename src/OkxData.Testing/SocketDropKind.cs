namespace OkxData.Testing;

/// <summary>How a WebSocket connection is lost.</summary>
public enum SocketDropKind
{
    /// <summary>It breaks without a word.</summary>
    Abort,

    /// <summary>It is closed in order, with 1001.</summary>
    Close,

    /// <summary>It breaks in the middle of a message.</summary>
    CutFrame,

    /// <summary>It stays open and dead: nothing arrives any more in either direction, and a <c>ping</c> is not answered.</summary>
    Silence,
}
