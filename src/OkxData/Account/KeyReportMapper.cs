using System.Globalization;
using OkxData.Models;

namespace OkxData.Account;

/// <summary>OKX's configuration of an account to what it says of the key that asked.</summary>
internal static class KeyReportMapper
{
    private static readonly TimeSpan UnusedExpiry = TimeSpan.FromDays(14);

    public static KeyReport Map(ConfigurationWire wire, string keyHint, bool isDemo)
    {
        var permissions = Split(wire.Perm).Aggregate(KeyPermissions.None, (all, word) => all | PermissionOf(word));
        var addresses = Split(wire.Ip);
        var mayAct = (permissions & ~KeyPermissions.Read) != 0;
        return new KeyReport
        {
            KeyHint = keyHint,
            Label = wire.Label,
            Permissions = permissions,
            BoundAddresses = addresses,
            IsDemo = isDemo,
            ExpiresWhenUnusedFor = mayAct && addresses.Length == 0 && !isDemo ? UnusedExpiry : null,
            VerificationLevel = int.TryParse(wire.KycLv, NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : null,
            IsSubAccount = wire.Uid is not null && wire.MainUid is not null && wire.Uid != wire.MainUid,
        };
    }

    /// <summary>What a key may do beside reading, for a message.</summary>
    public static string Describe(KeyPermissions permissions)
    {
        List<string> words = [];
        if (permissions.HasFlag(KeyPermissions.Trade))
            words.Add("trade");
        if (permissions.HasFlag(KeyPermissions.Withdraw))
            words.Add("withdraw");
        if (permissions.HasFlag(KeyPermissions.Unknown))
            words.Add("do something that this version does not know");
        return string.Join(" and ", words);
    }

    private static KeyPermissions PermissionOf(string word) => word.ToUpperInvariant() switch
    {
        "READ_ONLY" => KeyPermissions.Read,
        "TRADE" => KeyPermissions.Trade,
        "WITHDRAW" => KeyPermissions.Withdraw,
        _ => KeyPermissions.Unknown,
    };

    private static string[] Split(string? words) => words?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
