using System.Net;
using FlickStream.Portal.Notifications.Letters;
using FlickStream.Portal.Notifications.Webhooks;

namespace FlickStream.Portal.Tests.Notifications;

public sealed class AddressTests
{
    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:2800:220:1::1")]
    [InlineData("::ffff:93.184.216.34")]
    public void Addresses_of_the_public_internet_are_reached(string address) => Assert.True(PublicAddresses.MayReach(IPAddress.Parse(address), false));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("2002:a00:1::")]
    [InlineData("2001:0:a00:1::")]
    [InlineData("fc00::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void No_other_is(string address) => Assert.False(PublicAddresses.MayReach(IPAddress.Parse(address), false));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    public void Loopback_is_reached_where_the_option_says_so_and_nothing_else_that_is_not_public(string address, bool isReached) =>
        Assert.Equal(isReached, PublicAddresses.MayReach(IPAddress.Parse(address), true));

    [Theory]
    [InlineData("UTC", "2026-05-01T07:59:59Z", "2026-05-01T08:00:00Z")]
    [InlineData("UTC", "2026-05-01T08:00:00Z", "2026-05-02T08:00:00Z")]
    [InlineData("America/Los_Angeles", "2026-05-01T08:00:00Z", "2026-05-01T15:00:00Z")]
    // The day on which clocks go forward, and the one on which they go back.
    [InlineData("Europe/Berlin", "2026-03-28T20:00:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24T20:00:00Z", "2026-10-25T07:00:00Z")]
    public void Digests_come_in_the_morning_of_the_account(string zone, string now, string at) => Assert.Equal(
        DateTimeOffset.Parse(at, null), DigestTimes.After(DateTimeOffset.Parse(now, null), zone, TimeSpan.FromHours(8)));

    [Fact]
    public void A_time_that_the_clocks_skip_comes_as_late_as_they_went_forward() => Assert.Equal(
        DateTimeOffset.Parse("2026-03-29T01:30:00Z", null),
        DigestTimes.After(DateTimeOffset.Parse("2026-03-28T20:00:00Z", null), "Europe/Berlin", TimeSpan.FromHours(2.5)));
}
