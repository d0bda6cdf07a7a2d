namespace OkxData.RateLimiting;

/// <summary>How this client shares OKX's budgets.</summary>
public sealed class RateLimitingOptions
{
    /// <summary>The part of every budget that this client uses, in (0, 1]; less than 1 leaves room for neighbours behind the same address.</summary>
    /// <value>The default is 1.</value>
    public double Share { get; set; } = 1;
}
