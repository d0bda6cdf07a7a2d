namespace OkxData.Models;

/// <summary>What OKX has announced about its own service.</summary>
public sealed record SystemStatus
{
    /// <summary>What is scheduled or under way, in order of beginning; empty, as it mostly is, when nothing is announced.</summary>
    /// <remarks>Maintenance shorter than about five seconds is never announced.</remarks>
    public required IReadOnlyList<SystemEvent> Events { get; init; }

    /// <summary>When OKX was asked, UTC.</summary>
    public required DateTimeOffset RetrievedAt { get; init; }

    /// <summary>The event under way that keeps market data from being served; <see langword="null"/> when none is announced.</summary>
    public SystemEvent? Current => Events.FirstOrDefault(one => one.IsUnderWay && one.ConcernsMarketData);
}
