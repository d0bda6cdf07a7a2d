namespace OkxData.Testing;

/// <summary>Faults drawn by chance, the same ones for the same seed.</summary>
/// <remarks>
/// What happens to a request depends on the seed, its path and query, and how often that very request came before;
/// not on the order in which concurrent requests arrive.
/// </remarks>
public sealed class SimulatorFaultOptions
{
    /// <summary>The share of requests that fail, from 0 to 1.</summary>
    /// <value>The default is 0.</value>
    public double Probability { get; set; }

    /// <summary>The kinds to draw from, each equally likely.</summary>
    /// <value>The default is one of each quick kind that heals when asked again.</value>
    public IList<FaultKind> Kinds { get; } =
    [
        FaultKind.InternalServerError,
        FaultKind.BadGateway,
        FaultKind.ServiceUnavailable,
        FaultKind.UnavailableInOk,
        FaultKind.BusyInOk,
        FaultKind.SystemErrorInOk,
        FaultKind.TruncatedJson,
        FaultKind.EmptyBody,
        FaultKind.ConnectionReset,
        FaultKind.ConnectionClosed,
        FaultKind.TooManyRequests,
    ];

    /// <summary>The only path that suffers.</summary>
    /// <value>The default, <see langword="null"/>, means every path.</value>
    public string? Path { get; set; }

    /// <summary>How long <see cref="FaultKind.SlowDrip"/> takes over its body.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan DripDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The size of <see cref="FaultKind.OversizedBody"/>, in bytes before compression.</summary>
    /// <value>The default is 64 MiB.</value>
    public long OversizedBytes { get; set; } = 64L << 20;

    /// <summary>The <c>Retry-After</c> of <see cref="FaultKind.TooManyRequestsRetryAfter"/>, rounded up to seconds.</summary>
    /// <value>The default is one second.</value>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}
