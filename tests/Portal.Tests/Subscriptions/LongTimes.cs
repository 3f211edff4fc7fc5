namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>A host whose clock is moved by months: what happens every second elsewhere would happen a million times.</summary>
public sealed class LongTimes : IAsyncLifetime
{
    public PortalHost Host { get; private set; } = null!;

    public static Task<PortalHost> StartAsync(Dictionary<string, string?>? options = null) => PortalHost.StartAsync(new(options ?? [])
    {
        ["Catalog:Freshness"] = "00:10:00", ["Mail:SweepInterval"] = "01:00:00", ["Accounts:DeletionGrace"] = "60.00:00:00",
        ["Notifications:Webhooks:SweepInterval"] = "01:00:00",
    });

    public async ValueTask InitializeAsync() => Host = await StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
