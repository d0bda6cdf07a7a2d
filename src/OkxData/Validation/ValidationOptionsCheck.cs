using System.Globalization;

namespace OkxData.Validation;

/// <summary>Checks the options of this room.</summary>
internal static class ValidationOptionsCheck
{
    private const double MaxFactor = 1_000_000;
    private const int MinRun = 2;
    private const int MaxRun = 1_000_000;

    /// <summary>One message for each setting out of its range, with its key, its value and what is allowed.</summary>
    /// <param name="options">The options.</param>
    /// <param name="section">The key that the settings stand under.</param>
    public static IEnumerable<string> Failures(ValidationOptions options, string section = "Validation")
    {
        if (!Enum.IsDefined(options.OnError))
            yield return Unknown(section, nameof(options.OnError), options.OnError);
        if (!Enum.IsDefined(options.OnWarning))
            yield return Unknown(section, nameof(options.OnWarning), options.OnWarning);
        if (!(options.PriceSpikeFactor is > 1 and <= MaxFactor))
            yield return string.Create(CultureInfo.InvariantCulture, $"{section}.{nameof(options.PriceSpikeFactor)} is {options.PriceSpikeFactor}; it must be greater than 1 and at most {MaxFactor}.");
        if (options.ZeroVolumeRunLength is < MinRun or > MaxRun)
            yield return OutOfRange(section, nameof(options.ZeroVolumeRunLength), options.ZeroVolumeRunLength);
        if (options.FlatRunLength is < MinRun or > MaxRun)
            yield return OutOfRange(section, nameof(options.FlatRunLength), options.FlatRunLength);
    }

    private static string Unknown(string section, string key, ValidationAction value) =>
        string.Create(CultureInfo.InvariantCulture, $"{section}.{key} is {(int)value}; it must be one of {string.Join(", ", Enum.GetNames<ValidationAction>())}.");

    private static string OutOfRange(string section, string key, int value) =>
        string.Create(CultureInfo.InvariantCulture, $"{section}.{key} is {value}; it must be from {MinRun} to {MaxRun}.");
}
