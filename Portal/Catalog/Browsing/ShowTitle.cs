using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>GET: a title that may be seen.</summary>
internal static class ShowTitle
{
    /// <param name="language">Of name and synopsis; without it the browser's.</param>
    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        string id, CatalogIndex index, TitleStore titles, PersonStore people, ViewingReader reader, TimeProvider time, HttpContext http,
        string? language = null)
    {
        var viewing = await reader.ReadAsync(http, language);
        if (await FindAsync() is not (var view, _)) return TitleProblems.NotFound.ToResult();
        var key = $"title\n{id}\n{viewing.Language}";
        if (view.Pages.Find(key) is { } cached) return CatalogPages.Answer(http, cached);
        // The index may not have known what is read now; what it has learnt of it decides.
        if (await titles.ReadAsync(id, http.RequestAborted) is not { } title || CatalogRow.Of(title) is null || await FindAsync() is not (var now, var at))
            return TitleProblems.NotFound.ToResult();
        var names = await people.NamesAsync([.. title.Content.People!.Select(credit => credit.PersonId!).Distinct()], http.RequestAborted);
        var page = CachedPage.Of(PageOf(title, at, now, viewing, names));
        return CatalogPages.Answer(http, now.Snapshot[at]!.Revision == title.Revision ? now.Pages.Keep(key, page) : page);

        async Task<(CatalogView View, int Row)?> FindAsync()
        {
            var seen = (await index.NowAsync(http.RequestAborted)).ViewOf(viewing.Region, time.GetUtcNow());
            return seen.Snapshot.Find(id) is { } place && seen.UpTo(viewing.MaximumAge).Has(place) ? (seen, place) : null;
        }
    }

    private static TitlePage PageOf(Title title, int row, CatalogView view, Viewing viewing, IReadOnlyDictionary<string, Person> names)
    {
        var said = title.Content;
        var language = Translation.Choose(said.Texts!.Keys, said.OriginalLanguage!, viewing.Language);
        return new(
            title.Id, said.Kind!, said.Texts[language]!.Name!, said.Texts[language]!.Synopsis, language, said.Texts[said.OriginalLanguage!]!.Name!,
            said.OriginalLanguage!, said.Number, said.Year, view.AgeOf(row), LabelFor(said, viewing.Region), said.Genres!, said.Countries!,
            [.. from credit in said.People! where names.ContainsKey(credit.PersonId!) select new CreditAnswer(credit.PersonId!, names[credit.PersonId!].Name, credit.Role!, credit.Character)],
            said.Tags!, title.ReleaseAt ?? default, title.Popularity, Kinds.IsPlayed(said.Kind!), [.. ParentsOf(row, view, viewing.Language)],
            ArtworkAnswer.For(title.Id, title.Artwork, viewing.Language));
    }

    private static string? LabelFor(TitleContent said, string? region) => region is null ? null : said.Rating?.Labels?.GetValueOrDefault(region);

    private static IEnumerable<ParentAnswer> ParentsOf(int row, CatalogView view, string? language)
    {
        for (var at = view.Snapshot[row]!.ParentId; at is not null && view.Snapshot.Find(at) is { } parent; at = view.Snapshot[parent]!.ParentId)
            yield return new(at, view.Snapshot[parent]!.Kind, view.Snapshot[parent]!.NameIn(language), view.Snapshot[parent]!.Number);
    }
}
