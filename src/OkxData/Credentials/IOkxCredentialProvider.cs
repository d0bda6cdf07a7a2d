namespace OkxData.Credentials;

/// <summary>A source of keys of your own, such as a vault. Add it with <c>AddCredentialProvider</c>, or register it in the container.</summary>
/// <remarks>
/// The order of sources is: providers added to the client, in their order; providers registered without a key in the container;
/// <see cref="CredentialsOptions.Keys"/>; the environment variables <c>OKX_API_KEY</c>, <c>OKX_API_SECRET</c> and
/// <c>OKX_PASSPHRASE</c>. The first that has a key is used, and the others are not asked. Implementations must be thread-safe.
/// </remarks>
public interface IOkxCredentialProvider
{
    /// <summary>Gives the keys that may be used now, the preferred one first.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The keys; none to let the next source answer.</returns>
    /// <remarks>Asked twice at least for every signed call, so keep what is slow to get. What it throws ends the call as an <see cref="Errors.OkxCredentialException"/>.</remarks>
    ValueTask<IReadOnlyList<OkxCredentials>> GetCredentialsAsync(CancellationToken cancellationToken = default);
}
