using OkxData.Models;

namespace OkxData.Testing;

/// <summary>An API key that a simulator accepts. Invent its three parts; none of them can be read back.</summary>
public sealed class SimulatedKey
{
    private readonly string _secret;
    private readonly string _passphrase;

    /// <summary>Creates a key.</summary>
    /// <param name="key">The API key.</param>
    /// <param name="secret">The secret that signatures are checked with.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <exception cref="ArgumentException">One is empty.</exception>
    public SimulatedKey(string key, string secret, string passphrase)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(secret);
        ArgumentException.ThrowIfNullOrEmpty(passphrase);
        (Name, _secret, _passphrase) = (key, secret, passphrase);
    }

    /// <summary>What the key may do.</summary>
    /// <value>The default is reading.</value>
    public KeyPermissions Permissions { get; init; } = KeyPermissions.Read;

    /// <summary>The addresses from which alone the key is accepted; others get code 50110.</summary>
    /// <value>The default is none: it is bound to no address.</value>
    public IReadOnlyList<string> BoundAddresses { get; init; } = [];

    /// <summary>Whether the key is one of demo trading; calls of the other environment get code 50101.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Whether the key is frozen; calls get code 50100.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>The note that was given to the key.</summary>
    public string Label { get; init; } = "";

    internal string Name { get; }

    /// <summary>Names none of the parts.</summary>
    /// <returns>Such as <c>Simulated key (Read)</c>.</returns>
    public override string ToString() => $"Simulated key ({Permissions})";

    internal byte[] Secret() => System.Text.Encoding.UTF8.GetBytes(_secret);

    internal bool HasPassphrase(string passphrase) => passphrase == _passphrase;
}
