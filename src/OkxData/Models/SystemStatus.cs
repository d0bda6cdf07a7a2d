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
    /// <remarks>Of several it is the one that ends last, or names no end: until then none of the others makes a difference.</remarks>
    public SystemEvent? Current => Events.Where(one => one.IsUnderWay && one.ConcernsMarketData).MaxBy(one => one.End ?? DateTimeOffset.MaxValue);
}
