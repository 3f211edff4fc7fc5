using FlickStream.Portal.Tests.Catalog;

namespace FlickStream.Portal.Tests.Reviews;

/// <summary>A portal where whoever sees a title may review it.</summary>
public sealed class ReviewPortal : IAsyncLifetime
{
    public PortalHost Portal { get; private set; } = null!;

    internal Studio Studio { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHost.StartAsync(new()
        {
            ["Reviews:OnlyWatched"] = "false", ["Reviews:HeldAfterReports"] = "2", ["Accounts:DeletionGrace"] = "00:00:00",
        });
        Studio = await Studio.OfAsync(Portal);
    }

    internal Task<string> TitleAsync() => Studio.PublishAsync(Studio.Movie($"Movie {Guid.NewGuid():n}"));

    public async ValueTask DisposeAsync()
    {
        Studio.Dispose();
        await Portal.DisposeAsync();
    }
}
