namespace FlickStream.Portal.Tests.Accounts;

/// <summary>A portal with a name of its own, which passkeys are bound to.</summary>
public sealed class PasskeySite : IAsyncLifetime
{
    public PortalHost Portal { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Portal = await PortalHost.StartAsync(new() { ["Accounts:PublicUrl"] = "https://watch.kinø.example:443/app" });

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
