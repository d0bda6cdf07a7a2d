using System.Globalization;
using OkxData.Errors;

namespace OkxData.Credentials;

/// <summary>The one place where the lack of a usable key finds its words. None of them is a part of a key but its end.</summary>
internal static class CredentialErrors
{
    private const string Variables = "OKX_API_KEY, OKX_API_SECRET and OKX_PASSPHRASE";

    public static OkxCredentialException None(string endpoint) => Make(
        endpoint, $"the call is to be signed and no API key is set; add one to Credentials.Keys, set the environment variables {Variables}, or add an IOkxCredentialProvider");

    public static OkxCredentialException Incomplete(string endpoint, IEnumerable<string> present, IEnumerable<string> missing) => Make(
        endpoint, $"of the environment variables {Variables}, which belong together, {List(present)} set and {List(missing)} not");

    public static OkxCredentialException Malformed(string endpoint, IEnumerable<string> faults) => Make(
        endpoint, $"the key in the environment variables cannot be used: {string.Join(", ", faults)}");

    public static OkxCredentialException ProviderFailed(string endpoint, string provider, Exception cause) => Make(
        endpoint, $"the credential provider {provider} failed ({cause.GetType().Name})", cause);

    public static OkxCredentialException ProviderGaveNull(string endpoint, string provider) => Make(
        endpoint, $"the credential provider {provider} gave null; let it give an empty list where the next source is to answer");

    public static OkxCredentialException PlainHttp(string endpoint, string host) => Make(
        endpoint, $"keys are not sent over plain HTTP, where anyone on the way reads them, and {host} is not this machine; let the environment's REST address begin with https://");

    public static OkxCredentialException PlainProxy(string endpoint, string host, string proxy) => Make(
        endpoint, $"keys are not sent over plain HTTP, and the client's handler would hand what is for {host} to the proxy {proxy}; let its proxy pass by {host}, or set UseProxy to false");

    public static OkxCredentialException NotReadOnly(string endpoint, string keyHint, string may) => Make(
        endpoint, $"the key {keyHint} may {may}, and reading market data needs neither; use a key with the read permission alone, or set Credentials.RequireReadOnlyKeys to false", keyHint: keyHint);

    /// <param name="endpoint">What was to be called.</param>
    /// <param name="rests">What each key was rejected for and how long it still rests; one at least.</param>
    /// <param name="cause">The rejection that was the last straw, where it was of this call.</param>
    public static OkxCredentialException AllRest(string endpoint, IReadOnlyList<KeyRest> rests, Exception? cause)
    {
        var first = rests.MinBy(rest => rest.Left);
        var last = rests.MaxBy(rest => rest.Since);
        var keys = rests.Count == 1 ? "OKX rejects the only key" : string.Create(CultureInfo.InvariantCulture, $"OKX rejects all {rests.Count} keys");
        var reasons = string.Join("; ", rests.Select(rest => $"{rest.KeyHint} with {rest.Code}: {rest.Advice}"));
        var next = string.Create(CultureInfo.InvariantCulture, $"{first.KeyHint} is tried again in {Math.Max(1, Math.Ceiling(first.Left.TotalSeconds))} s");
        return new OkxCredentialException($"{endpoint}: {keys} ({reasons}); {next}.", cause)
        {
            Endpoint = endpoint,
            Code = last.Code,
            OkxMessage = (cause as OkxApiException)?.OkxMessage ?? "",
            HttpStatus = (cause as OkxApiException)?.HttpStatus ?? 0,
            KeyHint = rests.Count == 1 ? first.KeyHint : null,
            RetryAfter = first.Left,
        };
    }

    private static OkxCredentialException Make(string endpoint, string what, Exception? cause = null, string? keyHint = null) =>
        new($"{endpoint}: {what}.", cause) { Endpoint = endpoint, Code = "", KeyHint = keyHint };

    private static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(" and ", all) + (all.Count == 1 ? " is" : " are");
    }
}

/// <summary>A key that rests.</summary>
/// <param name="KeyHint">The end of the key.</param>
/// <param name="Code">What OKX rejected it with.</param>
/// <param name="Advice">The likely cause.</param>
/// <param name="Since">The timestamp at which the rest began.</param>
/// <param name="Left">How long it still rests.</param>
internal readonly record struct KeyRest(string KeyHint, string Code, string Advice, long Since, TimeSpan Left);
