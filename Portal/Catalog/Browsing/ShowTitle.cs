using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>GET: a title that may be seen.</summary>
internal static class ShowTitle
{
    /// <param name="language">Of name and synopsis; without it the browser's.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(
        string id, CatalogIndex index, TitleStore titles, PersonStore people, ViewingReader reader, TimeProvider time, HttpContext http,
        string? language = null)
    {
        var viewing = await reader.ReadAsync(http, language);
        var snapshot = await index.NowAsync(http.RequestAborted);
        var view = snapshot.ViewOf(viewing.Region, time.GetUtcNow());
        if (snapshot.Find(id) is not { } row || !view.UpTo(viewing.MaximumAge).Has(row)) return TitleProblems.NotFound.ToResult();
        var key = $"title\n{id}\n{viewing.Language}";
        if (view.Pages.Find(key) is { } cached) return CatalogPages.Answer(http, cached);
        if (await titles.GetAsync(id, http.RequestAborted) is not { } title) return TitleProblems.NotFound.ToResult();
        var names = await people.NamesAsync([.. title.Content.People!.Select(credit => credit.PersonId!).Distinct()], http.RequestAborted);
        return CatalogPages.Answer(http, view.Pages.Keep(key, CachedPage.Of(PageOf(title, row, view, viewing, names))));
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
