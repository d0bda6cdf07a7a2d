namespace OkxData.Validation;

/// <summary>What is done about findings, by severity.</summary>
public sealed class ValidationOptions
{
    /// <summary>What is done about rows that are wrong, such as a high below the low.</summary>
    /// <value>The default is <see cref="ValidationAction.Report"/>.</value>
    public ValidationAction OnError { get; set; } = ValidationAction.Report;

    /// <summary>What is done about rows that are suspicious, such as a price spike.</summary>
    /// <value>The default is <see cref="ValidationAction.Report"/>.</value>
    public ValidationAction OnWarning { get; set; } = ValidationAction.Report;

    /// <summary>The change from one close to the next that counts as a price spike, as a factor greater than 1 (5 means 400 % up or 80 % down).</summary>
    /// <value>The default is 5; more than 1 and up to 1,000,000 are allowed.</value>
    public double PriceSpikeFactor { get; set; } = 5;

    /// <summary>How many bars in a row without volume are worth a finding.</summary>
    /// <value>The default is 5; 2 to 1,000,000 are allowed.</value>
    public int ZeroVolumeRunLength { get; set; } = 5;

    /// <summary>How many identical traded candles in a row are worth a finding: the same prices, which do not move within the bar or come with the same volume again.</summary>
    /// <value>The default is 5; 2 to 1,000,000 are allowed.</value>
    public int FlatRunLength { get; set; } = 5;
}
