using System.Text;

namespace OkxData.Tests.Credentials.Hunt;

/// <summary>Looks for secrets in whatever form a text or a file could hold them.</summary>
internal static class SecretSearch
{
    /// <summary>The forms that are found; empty for none.</summary>
    public static IReadOnlyList<string> FindIn(string text, params string[] secrets) =>
        [.. secrets.SelectMany(FormsOf).Where(form => text.Contains(form.Text, StringComparison.OrdinalIgnoreCase)).Select(form => form.Name)];

    public static IReadOnlyList<string> FindIn(byte[] bytes, params string[] secrets) => FindIn(Encoding.Latin1.GetString(bytes), secrets);

    private static IEnumerable<(string Name, string Text)> FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return ($"{secret} as it is", secret);
        yield return ($"{secret} in Base64", Convert.ToBase64String(bytes).TrimEnd('='));
        yield return ($"{secret} in hexadecimal", Convert.ToHexString(bytes));
        yield return ($"{secret} as an address has it", Uri.EscapeDataString(secret));
        yield return ($"{secret} backwards", string.Concat(secret.Reverse()));
    }
}
