namespace OkxData.Testing;

/// <summary>How the whole exchange is out of order.</summary>
public enum OutageMode
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Every request gets HTTP 503 with code 50001.</summary>
    Unavailable,

    /// <summary>Every request's connection is reset without an answer.</summary>
    Close,

    /// <summary>Requests are taken and never answered.</summary>
    Hang,
}
