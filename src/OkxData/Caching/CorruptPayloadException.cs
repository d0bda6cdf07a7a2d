namespace OkxData.Caching;

/// <summary>Stored bytes that must not be used; whoever reads them moves them to quarantine and fetches again.</summary>
internal sealed class CorruptPayloadException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The bytes are whole, but a later release wrote them: they must be neither used nor moved nor written over.</summary>
    public bool IsNewerSchema { get; init; }
}
