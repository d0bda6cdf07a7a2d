namespace OkxData.Http;

/// <summary>How long a server's wish to be left alone is followed.</summary>
internal static class RetryAfter
{
    /// <summary>The longest wait within a call. A server that asks for more gets no further attempt, and the caller learns what it asked for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static TimeSpan Within(TimeSpan? asked) => asked is not { } wait ? TimeSpan.Zero : wait < Longest ? wait : Longest;
}
