namespace OkxData.Models;

/// <summary>What an announced event is for; OKX's <c>maintType</c>.</summary>
public enum SystemEventKind
{
    /// <summary>A number that this version does not know, or none.</summary>
    Unknown,

    /// <summary>Maintenance that was planned.</summary>
    Scheduled,

    /// <summary>Maintenance that was not.</summary>
    Unscheduled,

    /// <summary>Something is broken.</summary>
    Disruption,
}
