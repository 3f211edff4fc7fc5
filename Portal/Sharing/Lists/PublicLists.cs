using FlickStream.Portal.Accounts;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Reviews;
using FlickStream.Portal.Reviews.Words;
using FlickStream.Portal.Watching.Lists;
using FlickStream.Portal.Watching.Watchlists;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Sharing.Lists;

/// <param name="Items">What whoever asks sees of it, the latest first, at most 200; without pictures of what is for older ones.</param>
internal sealed record PublicList(string Name, IReadOnlyList<TitleCard> Items);

internal sealed class PublicLists(
    SharedListStore shares, AccountStore accounts, ProfileStore profiles, WatchlistStore watchlists, ListStore lists, WordStore words, CatalogIndex index, ViewingReader reader,
    IOptions<SharingOptions> options, TimeProvider time)
{
    private const int MostShown = 200;
    private const string Nameless = "A list";

    /// <summary>Null where nothing is shared under the slug, or not any more.</summary>
    public async Task<PublicList?> FindAsync(string slug, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (await shares.GetAsync(slug, stop) is not { } shared) return null;
        if (await accounts.GetAsync(shared.AccountId, stop) is not { Suspension: null }) return null;
        if (await profiles.GetAsync(shared.AccountId, shared.ProfileId, stop) is not { Content.IsKids: false }) return null;
        var named = shared.ListId is null ? null : await lists.GetAsync(shared.ProfileId, shared.ListId, stop);
        if (shared.ListId is not null && named is null) return null;
        var viewing = await reader.ReadAsync(http, null);
        var view = (await index.NowAsync(stop)).ViewOf(viewing.Region, time.GetUtcNow());
        var (allowed, language) = (view.UpTo(viewing.MaximumAge), view.Snapshot.LanguageFor(viewing.Language));
        var items = from listed in named?.Titles ?? await watchlists.ReadAsync(shared.ProfileId, stop)
                    let row = view.Snapshot.Find(listed.TitleId)
                    where row is not null && allowed.Has(row.Value)
                    let card = view.CardOf(row.Value, language)
                    select card.MinimumAge < options.Value.PictureAge ? card : card with { Artwork = [] };
        // A list may be named anew, and a word be listed, after it was shared.
        var name = named?.Name ?? shared.Name;
        return new(ReviewText.IsText(name) && !(await words.ListAsync(stop)).Has(name) ? name : Nameless, [.. items.Take(MostShown)]);
    }
}
