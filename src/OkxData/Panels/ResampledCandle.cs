using OkxData.Models;

namespace OkxData.Panels;

/// <summary>A candle made of days, and how many of its days there were.</summary>
public sealed record ResampledCandle
{
    /// <summary>The candle: first open, highest high, lowest low, last close, and the sums of the volumes, of the days that were there.</summary>
    /// <remarks>It is finished when the period lies wholly before the end of the series' range; whether it is whole is another question.</remarks>
    public required Candle Candle { get; init; }

    /// <summary>The days of the period.</summary>
    public required int ExpectedDays { get; init; }

    /// <summary>The days that were there.</summary>
    public required int ObservedDays { get; init; }

    /// <summary>Whether days are missing at the period's beginning, as in the first period of a series.</summary>
    public required bool StartsLate { get; init; }

    /// <summary>Whether days are missing at the period's end, as in the last period of a series.</summary>
    public required bool EndsEarly { get; init; }

    /// <summary>Whether every day of the period was there, so that the candle is the one that OKX would give.</summary>
    public bool IsComplete => ObservedDays == ExpectedDays;
}
