namespace OkxData.RateLimiting;

/// <summary>What OKX allows on one endpoint: so many requests in any window of this length, per scope.</summary>
/// <param name="Permits">The requests allowed in a window.</param>
/// <param name="Window">The length of the window.</param>
public readonly record struct RateLimitQuota(int Permits, TimeSpan Window)
{
    /// <summary>The tokens that a client with this share may hold at once: the part rounded down, and at least one.</summary>
    internal int PermitsAt(double share) => Math.Clamp((int)Math.Floor(Permits * share + RoundingSlack), 1, Permits);

    // 0.29 × 100 is 28.999999999999996 in binary.
    private const double RoundingSlack = 1e-9;
}
