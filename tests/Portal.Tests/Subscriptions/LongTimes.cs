namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>Hosts whose clock is moved by months: what happens every second there would happen a million times.</summary>
internal static class LongTimes
{
    public static Task<PortalHost> StartAsync(Dictionary<string, string?>? options = null) => PortalHost.StartAsync(new(options ?? [])
    {
        ["Catalog:Freshness"] = "00:10:00", ["Mail:SweepInterval"] = "01:00:00",
    });
}
