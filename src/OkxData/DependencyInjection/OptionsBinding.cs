using Microsoft.Extensions.Configuration;

namespace OkxData.DependencyInjection;

/// <summary>Reads options from configuration; a key that is not known is an error, since a misspelt one would otherwise do nothing.</summary>
internal static class OptionsBinding
{
    private static readonly string[] EnvironmentKeys = ["Name", "Rest", "WebSocket"];

    /// <exception cref="InvalidOperationException">A key is not known, or a value is not of its form.</exception>
    public static void Bind(OkxMarketDataOptions options, IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "ENVIRONMENT":
                    options.Environment = EnvironmentOf(child);
                    break;
                case "RATELIMITING":
                    child.Bind(options.RateLimiting, Strictly);
                    break;
                case "RESILIENCE":
                    child.Bind(options.Resilience, Strictly);
                    break;
                case "CACHING":
                    child.Bind(options.Caching, Strictly);
                    break;
                case "VALIDATION":
                    child.Bind(options.Validation, Strictly);
                    break;
                case "RANKINGS":
                    child.Bind(options.Rankings, Strictly);
                    break;
                case "STREAMING":
                    child.Bind(options.Streaming, Strictly);
                    break;
                case "CREDENTIALS":
                    CredentialsBinding.Bind(options.Credentials, child);
                    break;
                default:
                    throw new InvalidOperationException($"The configuration key '{child.Path}' is not known; Environment, RateLimiting, Resilience, Caching, Validation, Rankings, Streaming and Credentials are.");
            }
        }
    }

    private static void Strictly(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;

    private static OkxEnvironment EnvironmentOf(IConfigurationSection section)
    {
        if (section.Value is { } name)
        {
            return OkxEnvironment.FromName(name)
                ?? throw new InvalidOperationException($"'{section.Path}' is '{name}'; Global, Europe, UnitedStates, Demo, or a section of Name, Rest and WebSocket are allowed.");
        }

        var unknown = section.GetChildren().FirstOrDefault(child => !EnvironmentKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
            throw new InvalidOperationException($"The configuration key '{unknown.Path}' is not known; Name, Rest and WebSocket are.");

        try
        {
            return OkxEnvironment.Custom(Value(section, "Name"), AddressOf(section, "Rest"), AddressOf(section, "WebSocket"));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"'{section.Path}' is no environment: {exception.Message}", exception);
        }
    }

    private static string Value(IConfigurationSection section, string key) =>
        section[key] ?? throw new InvalidOperationException($"'{section.Path}:{key}' is missing; an environment has Name, Rest and WebSocket.");

    private static Uri AddressOf(IConfigurationSection section, string key) => Uri.TryCreate(Value(section, key), UriKind.Absolute, out var address)
        ? address
        : throw new InvalidOperationException($"'{section.Path}:{key}' is '{section[key]}'; an absolute address is needed, such as https://www.okx.com.");
}
