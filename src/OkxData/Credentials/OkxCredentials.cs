using System.Diagnostics;

namespace OkxData.Credentials;

/// <summary>An API key of OKX with its secret and its passphrase. None of the three can be read back.</summary>
/// <remarks>
/// Immutable, and equal to another of the same three parts. <see cref="ToString"/>, the debugger, serializers and tools that
/// print the fields of objects show the last four characters of the key and nothing else.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class OkxCredentials : IEquatable<OkxCredentials>
{
    private const int ShownCharacters = 4;
    private const int ShortestToShow = 12;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly MaskedText _key;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly MaskedText _secret;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly MaskedText _passphrase;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly int _hash;

    /// <summary>Creates the credentials from the three texts that OKX gives and asks for when a key is made.</summary>
    /// <param name="key">The API key.</param>
    /// <param name="secret">The secret key.</param>
    /// <param name="passphrase">The passphrase of the key, not the one of the account.</param>
    /// <exception cref="ArgumentException">One is missing, begins or ends with a space, or has a character that no header may have. The message names it and never shows it.</exception>
    public OkxCredentials(string key, string secret, string passphrase)
    {
        _key = new MaskedText(Checked(key, nameof(key), "API key"));
        _secret = new MaskedText(Checked(secret, nameof(secret), "secret"));
        _passphrase = new MaskedText(Checked(passphrase, nameof(passphrase), "passphrase"));
        _hash = HashCode.Combine(key, secret, passphrase);
        KeyHint = key.Length < ShortestToShow ? "…" : "…" + key[^ShownCharacters..];
    }

    /// <summary>What messages call the key: its last four characters after an ellipsis, or the ellipsis alone where the key has fewer than twelve.</summary>
    public string KeyHint { get; }

    /// <summary>Compares all three parts.</summary>
    /// <param name="other">The others.</param>
    /// <returns>Whether they are the same.</returns>
    public bool Equals(OkxCredentials? other) =>
        other is not null && (ReferenceEquals(this, other)
            || (_hash == other._hash && _key.Equals(other._key) && _secret.Equals(other._secret) && _passphrase.Equals(other._passphrase)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OkxCredentials);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>Shows the end of the key, and nothing of the secret and the passphrase.</summary>
    /// <returns>Such as <c>OKX key …1a2b</c>.</returns>
    public override string ToString() => $"OKX key {KeyHint}";

    internal string RevealKey() => _key.Reveal();

    internal string RevealPassphrase() => _passphrase.Reveal();

    /// <summary>The signature of a text, in Base64.</summary>
    internal string Sign(string text) => RequestSigner.Sign(_secret.RevealBytes(), text);

    /// <summary>The text without any of the three parts, should a server have repeated one.</summary>
    internal string Redact(string text)
    {
        foreach (var part in (MaskedText[])[_key, _secret, _passphrase])
            text = text.Replace(part.Reveal(), "(hidden)", StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>What is wrong with a part; <see langword="null"/> when nothing is. It never tells the part itself.</summary>
    internal static string? FaultOf(string? part)
    {
        if (string.IsNullOrEmpty(part))
            return "is missing";
        if (part[0] == ' ' || part[^1] == ' ')
            return "begins or ends with a space";
        return part.All(c => c is >= ' ' and <= '~') ? null : "has a character that no header may have, such as a line break";
    }

    private static string Checked(string part, string parameter, string name) =>
        FaultOf(part) is { } fault ? throw new ArgumentException($"The {name} {fault}.", parameter) : part;
}
