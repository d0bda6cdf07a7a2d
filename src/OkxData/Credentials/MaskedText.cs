using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace OkxData.Credentials;

/// <summary>A text that no dump of fields shows: it lies in memory combined with random bytes.</summary>
/// <remarks>It keeps tools that print whatever an object holds from printing it. It is no encryption: both parts stand side by side.</remarks>
[DebuggerDisplay("(hidden)")]
internal sealed class MaskedText
{
    private readonly byte[] _mask;
    private readonly byte[] _masked;

    public MaskedText(string text)
    {
        _masked = Encoding.UTF8.GetBytes(text);
        _mask = RandomNumberGenerator.GetBytes(_masked.Length);
        Combine(_masked);
    }

    public string Reveal() => Encoding.UTF8.GetString(RevealBytes());

    public byte[] RevealBytes()
    {
        var bytes = _masked.ToArray();
        Combine(bytes);
        return bytes;
    }

    public bool Equals(MaskedText other) => CryptographicOperations.FixedTimeEquals(RevealBytes(), other.RevealBytes());

    public override string ToString() => "(hidden)";

    private void Combine(byte[] bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
            bytes[index] ^= _mask[index];
    }
}
