using System.Text;
using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Watching.Watchlists;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Sharing.Lists;

/// <param name="Items">What whoever asks sees of it, the latest first; without pictures of what is for older ones.</param>
internal sealed record PublicList(string Name, IReadOnlyList<TitleCard> Items);

/// <summary>GET: a list that somebody shares, as a page and for an app. It tells nothing of whose it is.</summary>
internal static class ShowSharedList
{
    private const int MostShown = 200;

    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> PageAsync(
        string slug, SharedListStore lists, WatchlistStore watchlists, CatalogIndex index, ViewingReader reader, PublicAddress address,
        IOptions<SharingOptions> options, TimeProvider time, HttpContext http)
    {
        if (await FindAsync(slug, lists, watchlists, index, reader, options.Value, time, http) is not { } list) return SharingProblems.NotFound.ToResult();
        CatalogPages.MarkPrivate(http);
        var (site, items) = (address.Of(http), new StringBuilder("<ul>\n"));
        foreach (var card in list.Items)
            items.Append("<li><a href=\"").Append(PublicAddress.Titles).Append(PublicAddress.SlugOf(card.Name, card.Id)).Append("\">").Append(SharedPage.Html(card.Name)).Append("</a></li>\n");
        var picture = list.Items.Select(card => SharedPictures.Choose(card.Artwork)).FirstOrDefault(picture => picture is not null);
        var page = new SharedPage(
            options.Value.SiteName, site, "website", $"{site}{PublicAddress.Lists}{slug}", list.Name, FormattableString.Invariant($"{list.Items.Count} titles"), picture, null,
            IsIndexed: false);
        return TypedResults.Content(page.ToHtml(null, items.Append("</ul>\n").ToString()), SharedPage.ContentType);
    }

    public static async Task<Results<Ok<PublicList>, ProblemHttpResult>> HandleAsync(
        string slug, SharedListStore lists, WatchlistStore watchlists, CatalogIndex index, ViewingReader reader, IOptions<SharingOptions> options, TimeProvider time,
        HttpContext http) =>
        await FindAsync(slug, lists, watchlists, index, reader, options.Value, time, http) is { } list ? TypedResults.Ok(list) : SharingProblems.NotFound.ToResult();

    private static async Task<PublicList?> FindAsync(
        string slug, SharedListStore lists, WatchlistStore watchlists, CatalogIndex index, ViewingReader reader, SharingOptions options, TimeProvider time, HttpContext http)
    {
        if (await lists.GetAsync(slug, http.RequestAborted) is not { } shared) return null;
        var viewing = await reader.ReadAsync(http, null);
        var view = (await index.NowAsync(http.RequestAborted)).ViewOf(viewing.Region, time.GetUtcNow());
        var (allowed, language) = (view.UpTo(viewing.MaximumAge), view.Snapshot.LanguageFor(viewing.Language));
        var items = from listed in await watchlists.ReadAsync(shared.ProfileId, http.RequestAborted)
                    let row = view.Snapshot.Find(listed.TitleId)
                    where row is not null && allowed.Has(row.Value)
                    let card = CatalogFinder.CardOf(view, row.Value, language)
                    select card.MinimumAge < options.PictureAge ? card : card with { Artwork = Array.Empty<ArtworkAnswer>() };
        return new(shared.Name, [.. items.Take(MostShown)]);
    }
}
