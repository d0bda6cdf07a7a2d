using OkxData.Errors;

namespace OkxData.Credentials;

/// <summary>The key in OKX_API_KEY, OKX_API_SECRET and OKX_PASSPHRASE.</summary>
internal sealed class EnvironmentCredentials(Func<string, string?> read)
{
    private static readonly string[] Names = ["OKX_API_KEY", "OKX_API_SECRET", "OKX_PASSPHRASE"];

    /// <summary>The key; <see langword="null"/> where none of the variables is set.</summary>
    /// <exception cref="OkxCredentialException">Some are set and some are not, or one is not of its form.</exception>
    public OkxCredentials? Read(string endpoint)
    {
        var values = Array.ConvertAll(Names, name => read(name) is { Length: > 0 } value ? value : null);
        if (values.All(value => value is null))
            return null;

        var missing = Names.Where((_, index) => values[index] is null).ToList();
        if (missing.Count > 0)
            throw CredentialErrors.Incomplete(endpoint, Names.Except(missing), missing);

        var faults = Names.Select((name, index) => OkxCredentials.FaultOf(values[index]) is { } fault ? $"{name} {fault}" : null).OfType<string>().ToList();
        return faults.Count > 0 ? throw CredentialErrors.Malformed(endpoint, faults) : new OkxCredentials(values[0]!, values[1]!, values[2]!);
    }
}
