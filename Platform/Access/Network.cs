using System.Net;
using System.Net.Sockets;

namespace FlickStream.Platform.Access;

/// <summary>Where a request comes from, as what one subscriber has: an IPv6 subscriber has a whole /64 of addresses.</summary>
public static class Network
{
    /// <summary>Text to count by; no secret.</summary>
    public static string Of(IPAddress? address) => address switch
    {
        null => "none",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
