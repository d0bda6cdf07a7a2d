namespace OkxData.Errors;

/// <summary>Some symbols of a batch failed; see <see cref="Failures"/>.</summary>
/// <remarks>Thrown only by <c>CandleBatch.ThrowIfAnyFailed</c>.</remarks>
public sealed class OkxBatchException : OkxException
{
    internal OkxBatchException(IReadOnlyDictionary<string, OkxException> failures)
        : base(Describe(failures), failures.Values.First()) => Failures = failures;

    /// <summary>Why each symbol failed.</summary>
    public IReadOnlyDictionary<string, OkxException> Failures { get; }

    /// <summary>Whether every failure is one that may heal by itself.</summary>
    public override bool IsTransient => Failures.Values.All(failure => failure.IsTransient);

    private static string Describe(IReadOnlyDictionary<string, OkxException> failures) =>
        $"{failures.Count} symbol(s) failed: {string.Join("; ", failures.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value.Message}"))}";
}
