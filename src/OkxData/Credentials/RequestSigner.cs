using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OkxData.Credentials;

/// <summary>What OKX wants signed, and how. Pure functions.</summary>
/// <remarks>https://www.okx.com/docs-v5/en/#overview-rest-authentication-signature</remarks>
internal static class RequestSigner
{
    private const string LoginPath = "/users/self/verify";

    /// <summary>Base64 of the HMAC-SHA256 of the text.</summary>
    public static string Sign(ReadOnlySpan<byte> secret, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));

    /// <summary>The text that a GET signs.</summary>
    /// <param name="timestamp">The content of the timestamp header.</param>
    /// <param name="pathAndQuery">Path and query exactly as they go over the wire.</param>
    public static string TextOfGet(string timestamp, string pathAndQuery) => timestamp + "GET" + pathAndQuery;

    /// <summary>The instant as the timestamp header of a request has it.</summary>
    public static string Timestamp(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The text that the login of a WebSocket signs.</summary>
    /// <param name="timestamp">The instant as <see cref="LoginTimestamp"/> writes it.</param>
    public static string TextOfLogin(string timestamp) => TextOfGet(timestamp, LoginPath);

    /// <summary>The instant as the login of a WebSocket has it: Unix seconds.</summary>
    public static string LoginTimestamp(DateTimeOffset instant) => instant.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
