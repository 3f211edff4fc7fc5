using System.Net;
using System.Net.Sockets;

namespace FlickStream.Portal.Notifications.Webhooks;

/// <summary>Which addresses are of the public internet, by IANA's special-purpose registries (RFC 6890): to no other do webhooks go, or a studio could
/// make the portal speak to what only it reaches.</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Of these, 6to4 and Teredo hold an IPv4 address that may be anybody's.
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return (address.AddressFamily == AddressFamily.InterNetwork || Global.Contains(address)) && !Array.Exists(Special, network => network.Contains(address));
    }

    /// <summary>Whether a webhook may go there.</summary>
    /// <param name="address">Resolved.</param>
    /// <param name="isLoopbackAllowed">As the option says.</param>
    public static bool MayReach(IPAddress address, bool isLoopbackAllowed) => Contain(address) || (isLoopbackAllowed && IPAddress.IsLoopback(address));
}
