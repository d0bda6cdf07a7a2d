namespace OkxData.Caching;

/// <summary>Short waits between tries at a file that another holds for a moment.</summary>
internal static class Backoff
{
    private const int YieldsFirst = 8;
    private const double LongestMilliseconds = 32;

    public static async ValueTask WaitAsync(int attempt, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (attempt < YieldsFirst)
        {
            await Task.Yield();
            return;
        }

        var milliseconds = Math.Min(Math.Pow(2, attempt - YieldsFirst), LongestMilliseconds);
        var jittered = TimeSpan.FromMilliseconds(milliseconds * (0.5 + Random.Shared.NextDouble()));
        await Task.Delay(jittered, timeProvider, cancellationToken).ConfigureAwait(false);
    }
}
