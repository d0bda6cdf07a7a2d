using System.Globalization;
using Microsoft.Extensions.Configuration;
using OkxData.Credentials;

namespace OkxData.DependencyInjection;

/// <summary>Reads keys from configuration. No message shows a value of this section, since it may be a secret in the wrong place.</summary>
internal static class CredentialsBinding
{
    private static readonly string[] Parts = ["Key", "Secret", "Passphrase"];

    /// <exception cref="InvalidOperationException">A key is not known, a part is missing, or a value is not of its form.</exception>
    public static void Bind(CredentialsOptions options, IConfigurationSection section)
    {
        RefuseText(section, "a section with Key, Secret and Passphrase, or with a list of such under Keys");
        foreach (var child in section.GetChildren())
        {
            switch (child.Key.ToUpperInvariant())
            {
                case "KEY" or "SECRET" or "PASSPHRASE":
                    break;
                case "KEYS":
                    BindKeys(options, child);
                    break;
                case "READENVIRONMENT":
                    options.ReadEnvironment = Flag(child);
                    break;
                case "REQUIREREADONLYKEYS":
                    options.RequireReadOnlyKeys = Flag(child);
                    break;
                case "ROTATEEVERY":
                    options.RotateEvery = string.IsNullOrEmpty(child.Value) ? null : Duration(child);
                    break;
                case "RESTAFTERREJECTION":
                    options.RestAfterRejection = Duration(child);
                    break;
                case "LONGESTREST":
                    options.LongestRest = Duration(child);
                    break;
                default:
                    throw new InvalidOperationException($"The configuration key '{child.Path}' is not known; Key, Secret, Passphrase, Keys, RotateEvery, RestAfterRejection, LongestRest, RequireReadOnlyKeys and ReadEnvironment are.");
            }
        }

        if (Parts.Any(part => !string.IsNullOrEmpty(section[part])))
            options.Keys.Insert(0, KeyOf(section));
    }

    private static void BindKeys(CredentialsOptions options, IConfigurationSection section)
    {
        RefuseText(section, "a list of which each entry has a Key, a Secret and a Passphrase");
        foreach (var entry in section.GetChildren())
        {
            if (entry.GetChildren().FirstOrDefault(part => !Parts.Contains(part.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
                throw new InvalidOperationException($"The configuration key '{unknown.Path}' is not known; Key, Secret and Passphrase are.");
            options.Keys.Add(KeyOf(entry));
        }
    }

    private static OkxCredentials KeyOf(IConfigurationSection section)
    {
        var faults = Parts.Select(part => OkxCredentials.FaultOf(section[part]) is { } fault ? $"{part} {fault}" : null).OfType<string>().ToList();
        return faults.Count == 0
            ? new OkxCredentials(section["Key"]!, section["Secret"]!, section["Passphrase"]!)
            : throw new InvalidOperationException($"'{section.Path}' is no API key: {string.Join(", ", faults)}. Key, Secret and Passphrase belong together.");
    }

    private static void RefuseText(IConfigurationSection section, string wanted)
    {
        if (!string.IsNullOrEmpty(section.Value))
            throw new InvalidOperationException($"'{section.Path}' is a text, and {wanted} is needed.");
    }

    private static bool Flag(IConfigurationSection section) => bool.TryParse(section.Value, out var flag)
        ? flag
        : throw new InvalidOperationException($"'{section.Path}' is neither true nor false; those are allowed.");

    private static TimeSpan Duration(IConfigurationSection section) => TimeSpan.TryParse(section.Value, CultureInfo.InvariantCulture, out var duration)
        ? duration
        : throw new InvalidOperationException($"'{section.Path}' is no duration; one is needed, such as 00:01:00.");
}
