using OkxData.Credentials;
using OkxData.RateLimiting;

namespace OkxData.Http;

/// <summary>What composition tells this room: where a service is, and how to call it.</summary>
internal sealed record HttpSettings
{
    /// <summary>The absolute address of the REST host.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The host, and the port where it is not the usual one, in lower case; budgets are counted by it.</summary>
    public string HostKey => BaseAddress.Authority.ToLowerInvariant();

    /// <summary>Whether calls carry the header that asks for OKX's demo environment.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Headers that every call carries, such as a key.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The longest wait that a server may ask for within a call; who asks for more, or refuses without a word on a longer window, gets no further attempt.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = RetryAfter.Longest;

    public required ResilienceOptions Resilience { get; init; }

    /// <summary>The part of every budget that this client uses, in (0, 1].</summary>
    public required double Share { get; init; }

    /// <summary>Who knows of maintenance; <see langword="null"/> where nobody does. Asked for when it is needed, since it calls through the same chain.</summary>
    public Func<IMaintenanceSource?> Announcements { get; init; } = static () => null;

    /// <summary>The keys of signed calls; <see langword="null"/> for a service that has none.</summary>
    public Keyring? Keyring { get; init; }

    /// <summary>The host's clock, which signatures go by; <see langword="null"/> where it is not of interest.</summary>
    public HostClock? Clock { get; init; }

    /// <summary>Asks for the host's time; <see langword="null"/> where that is not of interest either.</summary>
    public ClockSync? ClockSync { get; init; }

    /// <summary>Who gives out tokens, unless the container has another.</summary>
    public IRateLimiterFactory Limiters { get; init; } = ProcessRateLimiterFactory.Shared;
}
