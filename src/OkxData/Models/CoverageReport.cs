using OkxData.Time;

namespace OkxData.Models;

/// <summary>What of a range was found, and what was not.</summary>
/// <remarks>Always <see cref="Observed"/> + <see cref="Missing"/> = <see cref="Expected"/>, and the gaps hold exactly the missing bars.</remarks>
public sealed class CoverageReport
{
    /// <summary>The bars from the later of the range's start and <see cref="FirstAvailable"/> to the last finished one before its end.</summary>
    public required int Expected { get; init; }

    /// <summary>The finished bars found among the expected ones.</summary>
    public required int Observed { get; init; }

    /// <summary>The expected bars that were not found.</summary>
    public int Missing => Expected - Observed;

    /// <summary>Whether every expected bar was found.</summary>
    public bool IsComplete => Missing == 0;

    /// <summary>The missing bars as ranges of opening times, oldest first; start inclusive, end exclusive, UTC.</summary>
    public IReadOnlyList<UtcRange> Gaps { get; init; } = [];

    /// <summary>What the validation layer found, oldest first.</summary>
    public IReadOnlyList<DataIssue> Issues { get; init; } = [];

    /// <summary>The opening of the first candle that OKX has of this series, where that is known; UTC.</summary>
    public DateTimeOffset? FirstAvailable { get; init; }

    /// <summary>The opening of the last finished candle found in the range; <see langword="null"/> when there is none. UTC.</summary>
    public DateTimeOffset? LastObserved { get; init; }

    /// <summary>Whether OKX no longer knows the instrument, so that no newer candle will come.</summary>
    public bool IsDelisted { get; init; }

    /// <summary>A short line for people, such as <c>1826 of 1827 bars, 1 gap</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Observed} of {Expected} bars, {Gaps.Count} gap{(Gaps.Count == 1 ? "" : "s")}{(IsDelisted ? ", delisted" : "")}");
}
