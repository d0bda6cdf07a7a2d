using OkxData.Errors;

namespace OkxData.Credentials;

/// <summary>Asks the sources of keys in their order: providers, options, environment.</summary>
internal sealed class CredentialSources(Func<IEnumerable<IOkxCredentialProvider>> providers, Func<CredentialsOptions> options, EnvironmentCredentials environment)
{
    // Made with the first signed call: most programs make none.
    private readonly Lazy<IOkxCredentialProvider[]> _providers = new(() => [.. providers()]);

    /// <summary>The keys of the first source that has any; none where none has.</summary>
    /// <exception cref="OkxCredentialException">A source failed, or has half a key.</exception>
    public async ValueTask<IReadOnlyList<OkxCredentials>> ReadAsync(string endpoint, CancellationToken cancellationToken)
    {
        foreach (var provider in _providers.Value)
        {
            if (await AskAsync(provider, endpoint, cancellationToken).ConfigureAwait(false) is { Count: > 0 } keys)
                return keys;
        }

        var set = options();
        if (set.Keys.Count > 0)
            return [.. set.Keys];
        return set.ReadEnvironment && environment.Read(endpoint) is { } found ? [found] : [];
    }

    private static async ValueTask<IReadOnlyList<OkxCredentials>> AskAsync(IOkxCredentialProvider provider, string endpoint, CancellationToken cancellationToken)
    {
        OkxCredentials[]? given;
        try
        {
            var keys = await provider.GetCredentialsAsync(cancellationToken).ConfigureAwait(false);
            given = keys?.OfType<OkxCredentials>().ToArray();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw CredentialErrors.ProviderFailed(endpoint, provider.GetType().Name, exception);
        }

        return given ?? throw CredentialErrors.ProviderGaveNull(endpoint, provider.GetType().Name);
    }
}
