namespace OkxData.Refresh;

/// <summary>Waits for an instant of the UTC clock.</summary>
internal static class Waiting
{
    // A machine that slept or whose clock was set is noticed so soon.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    public static async Task UntilAsync(DateTimeOffset instant, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        for (var left = instant - timeProvider.GetUtcNow(); left > TimeSpan.Zero; left = instant - timeProvider.GetUtcNow())
            await Task.Delay(left < LongestStep ? left + TimeSpan.FromMilliseconds(1) : LongestStep, timeProvider, cancellationToken).ConfigureAwait(false);
    }
}
