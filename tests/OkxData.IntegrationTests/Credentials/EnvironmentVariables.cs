namespace OkxData.IntegrationTests.Credentials;

/// <summary>Sets the variables that hold a key, for as long as it lives. Tests that run beside one set their keys otherwise, or do not read the environment.</summary>
internal sealed class EnvironmentVariables : IDisposable
{
    private static readonly string[] Names = ["OKX_API_KEY", "OKX_API_SECRET", "OKX_PASSPHRASE"];

    private readonly string?[] _before = Array.ConvertAll(Names, Environment.GetEnvironmentVariable);

    public EnvironmentVariables(string? key, string? secret, string? passphrase) => Set([key, secret, passphrase]);

    public void Dispose() => Set(_before);

    private static void Set(string?[] values)
    {
        for (var index = 0; index < Names.Length; index++)
            Environment.SetEnvironmentVariable(Names[index], values[index]);
    }
}
