namespace OkxData.Models;

/// <summary>How grave a finding is.</summary>
public enum IssueSeverity
{
    /// <summary>Worth knowing; the data is as the market made it.</summary>
    Information,

    /// <summary>Suspicious or missing; judge it before you rely on it.</summary>
    Warning,

    /// <summary>Wrong; such a row is never stored.</summary>
    Error,
}
