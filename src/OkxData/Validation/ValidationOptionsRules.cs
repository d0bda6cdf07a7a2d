using System.Globalization;

namespace OkxData.Validation;

/// <summary>Checks the options of this room.</summary>
internal static class ValidationOptionsRules
{
    private const double MaxFactor = 1_000_000;
    private const int MinRun = 2;
    private const int MaxRun = 1_000_000;

    /// <summary>One message for each setting out of its range, with its key, its value and what is allowed.</summary>
    public static IEnumerable<string> Check(ValidationOptions options)
    {
        if (!Enum.IsDefined(options.OnError))
            yield return Unknown(nameof(options.OnError), options.OnError);
        if (!Enum.IsDefined(options.OnWarning))
            yield return Unknown(nameof(options.OnWarning), options.OnWarning);
        if (!(options.PriceSpikeFactor is > 1 and <= MaxFactor))
            yield return string.Create(CultureInfo.InvariantCulture, $"Validation.{nameof(options.PriceSpikeFactor)} is {options.PriceSpikeFactor}; it must be greater than 1 and at most {MaxFactor}.");
        if (options.ZeroVolumeRunLength is < MinRun or > MaxRun)
            yield return OutOfRange(nameof(options.ZeroVolumeRunLength), options.ZeroVolumeRunLength);
        if (options.FlatRunLength is < MinRun or > MaxRun)
            yield return OutOfRange(nameof(options.FlatRunLength), options.FlatRunLength);
    }

    private static string Unknown(string key, ValidationAction value) =>
        string.Create(CultureInfo.InvariantCulture, $"Validation.{key} is {(int)value}; it must be one of {string.Join(", ", Enum.GetNames<ValidationAction>())}.");

    private static string OutOfRange(string key, int value) =>
        string.Create(CultureInfo.InvariantCulture, $"Validation.{key} is {value}; it must be from {MinRun} to {MaxRun}.");
}
