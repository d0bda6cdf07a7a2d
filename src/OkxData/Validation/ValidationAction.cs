namespace OkxData.Validation;

/// <summary>What happens to a row with a finding.</summary>
public enum ValidationAction
{
    /// <summary>The finding is reported; the row is returned. A row with an error is never stored all the same.</summary>
    Report,

    /// <summary>The finding is reported and the row left out, so that it shows as a gap.</summary>
    Drop,

    /// <summary>The call fails with <see cref="Errors.OkxValidationException"/>.</summary>
    Throw,
}
