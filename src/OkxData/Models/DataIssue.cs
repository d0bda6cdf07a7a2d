using OkxData.Time;

namespace OkxData.Models;

/// <summary>One finding of the validation layer.</summary>
public sealed record DataIssue
{
    /// <summary>The stable id of the rule, such as <c>candle.gap</c>; see <c>OkxData.Validation.ValidationRules</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How grave it is.</summary>
    public required IssueSeverity Severity { get; init; }

    /// <summary>The bars it concerns, start inclusive and end exclusive, UTC; empty where it concerns no time.</summary>
    public UtcRange Range { get; init; }

    /// <summary>What was found, with the figures.</summary>
    public required string Message { get; init; }
}
