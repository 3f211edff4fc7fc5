using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>GET: what is like a title, of an episode like its series, without what the profile has seen or put away.</summary>
internal static class ShowMoreLikeThis
{
    public static async Task<Results<Ok<RecommendationRow>, ProblemHttpResult>> HandleAsync(
        string id, SeenTitles seen, RowReader reader, CurrentModel current, SearchIndex index, TitleStore titles, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.Find(id) is not { } title || watcher.CardOf(title.WorkId) is not { } about) return TitleProblems.NotFound.ToResult();
        var (_, open) = await reader.ReadAsync(watcher, http.RequestAborted);
        open.Take(about.Id);
        var like = current.Now?.Titles is { } titled && titled.PlaceOf(about.Id) is { } place
            ? LikeTitles.ByModel(titled, place, open, RowPage.RowLength) : await ByContentAsync(about.Id, open, index, titles, http.RequestAborted);
        var because = new NamedTitle(about.Id, about.Name);
        CatalogPages.MarkPrivate(http);
        return TypedResults.Ok(new RecommendationRow(
            "moreLikeThis", because, null, [.. like.Select(open.CardOf).OfType<TitleCard>().Select(card => new RecommendedTitle(card, Why.Alike, because))]));
    }

    private static async Task<IReadOnlyList<string>> ByContentAsync(
        string id, OpenTitles open, SearchIndex index, TitleStore titles, CancellationToken cancellationToken)
    {
        using var state = await index.TakeAsync(cancellationToken);
        return await titles.GetAsync(id, cancellationToken) is { } about ? LikeTitles.ByContent(state, about, open, RowPage.RowLength) : [];
    }
}
