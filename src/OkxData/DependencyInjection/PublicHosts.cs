using System.Net;
using System.Net.Sockets;

namespace OkxData.DependencyInjection;

/// <summary>Tells hosts of the internet from those of a machine or a network of one's own.</summary>
internal static class PublicHosts
{
    // Reserved for private use or for tests; none of them can be bought.
    private static readonly string[] PrivateEndings = [".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test", ".example", ".invalid", ".svc", ".cluster.local"];

    /// <summary>Whether a host of the internet is called without encryption.</summary>
    public static bool IsReachedInPlainText(Uri address) =>
        address.Scheme is "http" or "ws" && (IPAddress.TryParse(address.DnsSafeHost, out var ip) ? !IsPrivate(ip) : IsPublicName(address.IdnHost));

    // A name without a dot is one of the own network: a container, a pod, a neighbour.
    private static bool IsPublicName(string name) =>
        name.TrimEnd('.').Contains('.') && !PrivateEndings.Any(ending => name.TrimEnd('.').EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsPrivate(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;

        return address.GetAddressBytes() is [10 or 127, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..];
    }
}
