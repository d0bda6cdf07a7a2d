using System.Globalization;

namespace OkxData.Panels;

/// <summary>What stands in a panel where an asset has no price.</summary>
/// <remarks>Whatever is chosen, a price is never zero, and nothing stands before an asset's first price.</remarks>
public readonly record struct MissingPrice
{
    private MissingPrice(bool throws, int maxBars) => (Throws, MaxBars) = (throws, maxBars);

    /// <summary>Not a number, so that no statistic overlooks it. The default.</summary>
    public static MissingPrice Nan => default;

    /// <summary>Nothing may be missing: an <see cref="Errors.OkxValidationException"/> names every asset that lacks a price and the bars.</summary>
    public static MissingPrice Throw => new(true, 0);

    internal bool Throws { get; }

    internal int MaxBars { get; }

    /// <summary>
    /// The last price before, for at most so many bars in a row; beyond them not a number. It holds for a hole and equally for the bars after
    /// an asset's last price, as at its delisting. What was filled is counted, and the mask of observed prices excludes it.
    /// </summary>
    /// <param name="maxBars">The most bars over which one price is carried, 1 or more.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBars"/> is below 1.</exception>
    public static MissingPrice ForwardFill(int maxBars) => maxBars >= 1
        ? new MissingPrice(false, maxBars)
        : throw new ArgumentOutOfRangeException(nameof(maxBars), maxBars, "A price is carried over 1 bar or more; use MissingPrice.Nan to fill nothing.");

    /// <summary>The policy as it is written in code.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => this switch
    {
        { Throws: true } => nameof(Throw),
        { MaxBars: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{nameof(ForwardFill)}({MaxBars})"),
        _ => nameof(Nan),
    };
}
