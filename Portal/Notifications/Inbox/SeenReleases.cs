using FlickStream.Portal.Catalog;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Profiles;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Inbox;

/// <summary>What of new releases somebody may see now: nothing that was withdrawn, and nothing for older ones than they are.</summary>
/// <param name="View">Of their region.</param>
/// <param name="MaximumAge">0..18.</param>
/// <param name="Language">BCP 47; null: the original.</param>
internal sealed record SeenNow(CatalogView View, int MaximumAge, string? Language)
{
    public IReadOnlyList<TitleCard> Of(Notification notification) =>
    [
        .. from id in notification.About.TitleIds ?? []
           let row = View.Snapshot.Find(id)
           where row is not null && View.UpTo(MaximumAge).Has(row.Value)
           select View.CardOf(row.Value, Language),
    ];

    public string? NameOf(string? workId) => workId is not null && View.Snapshot.Find(workId) is { } row ? View.Snapshot[row]!.NameIn(Language) : null;
}

/// <summary>Where no request tells the region, it is the site's.</summary>
internal sealed class SeenReleases(CatalogIndex index, IOptions<CatalogOptions> options, TimeProvider time)
{
    public async Task<SeenNow> ByAsync(Profile profile, CancellationToken cancellationToken)
    {
        var view = await ViewAsync(options.Value.Region, cancellationToken);
        var language = profile.Content.Languages is [var dearest, ..] ? dearest : null;
        return new(view, profile.Content.MaximumAge ?? CatalogView.Oldest, view.Snapshot.LanguageFor(language));
    }

    public async Task<SeenNow> ByAsync(Viewing viewing, CancellationToken cancellationToken)
    {
        var view = await ViewAsync(viewing.Region, cancellationToken);
        return new(view, viewing.MaximumAge, view.Snapshot.LanguageFor(viewing.Language));
    }

    private async Task<CatalogView> ViewAsync(string? region, CancellationToken cancellationToken) =>
        (await index.NowAsync(cancellationToken)).ViewOf(region, time.GetUtcNow());
}
