using OkxData.Errors;

namespace OkxData.Rankings.Sources;

/// <summary>A request to a source that others can stand in for.</summary>
internal static class SourceCall
{
    /// <summary>How long one may take in all: the wait for its budget, every attempt and the pauses between them.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The same, where an older ranking is held: that one is to be had within three seconds, and another source comes after this one.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    public static TimeSpan LongestFor(bool hasStandIn) => hasStandIn ? Short : Longest;

    /// <exception cref="OkxException">The source could not or would not answer, or took too long.</exception>
    public static async Task<T> WithinAsync<T>(TimeSpan longest, string subject, TimeProvider timeProvider, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await call(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OkxTransportException(FormattableString.Invariant($"{subject} did not arrive within {longest.TotalSeconds:0} s, the wait for the request budget included"), exception);
        }
    }
}
