namespace OkxData.Models;

/// <summary>How far an announced event is; OKX's <c>state</c>.</summary>
public enum SystemEventState
{
    /// <summary>A word that this version does not know.</summary>
    Unknown,

    /// <summary>It has not begun.</summary>
    Scheduled,

    /// <summary>It is under way.</summary>
    Ongoing,

    /// <summary>It is nearly over: for about ten minutes orders can be cancelled and posted.</summary>
    PreOpen,

    /// <summary>It is over.</summary>
    Completed,

    /// <summary>It does not take place.</summary>
    Canceled,
}
