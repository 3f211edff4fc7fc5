using System.Globalization;
using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>GET: a title that may be seen.</summary>
internal static class ShowTitle
{
    private static readonly TimeSpan MediaFor = TimeSpan.FromMinutes(10);

    /// <param name="language">Of name and synopsis; without it the browser's.</param>
    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        string id, CatalogIndex index, TitleStore titles, PersonStore people, TitleMedia media, ViewingReader reader, TimeProvider time, HttpContext http,
        string? language = null)
    {
        var viewing = await reader.ReadAsync(http, language);
        if (await FindAsync() is not (var view, _)) return TitleProblems.NotFound.ToResult();
        var key = $"title\n{id}\n{viewing.Language}";
        if ((view.Pages.Find(key) ?? view.Pages.Find(ForNow())) is { } cached) return CatalogPages.Answer(http, cached);
        // The index may not have known what is read now; what it has learnt of it decides.
        if (await titles.ReadAsync(id, http.RequestAborted) is not { } title || CatalogRow.Of(title) is null || await FindAsync() is not (var now, var at))
            return TitleProblems.NotFound.ToResult();
        var names = await people.NamesAsync([.. title.Content.People!.Select(credit => credit.PersonId!).Distinct()], http.RequestAborted);
        var times = title.Content.AssetId is { } asset ? await media.OfAsync(asset) : null;
        var page = CachedPage.Of(PageOf(title, at, now, viewing, names, times));
        if (now.Snapshot[at]!.Revision != title.Revision) return CatalogPages.Answer(http, page);
        // No edit tells when how long an asset is becomes known, or what is said in it is there as text.
        return CatalogPages.Answer(http, now.Pages.Keep(times is null ? key : ForNow(), page));

        string ForNow() => string.Create(CultureInfo.InvariantCulture, $"{key}\n{time.GetUtcNow().Ticks / MediaFor.Ticks}");

        async Task<(CatalogView View, int Row)?> FindAsync()
        {
            var seen = (await index.NowAsync(http.RequestAborted)).ViewOf(viewing.Region, time.GetUtcNow());
            return seen.Snapshot.Find(id) is { } place && seen.UpTo(viewing.MaximumAge).Has(place) ? (seen, place) : null;
        }
    }

    private static TitlePage PageOf(
        Title title, int row, CatalogView view, Viewing viewing, IReadOnlyDictionary<string, Person> names, AssetTimes? times)
    {
        var said = title.Content;
        var language = Translation.Choose(said.Texts!.Keys, said.OriginalLanguage!, viewing.Language);
        return new(
            title.Id, said.Kind!, said.Texts[language]!.Name!, said.Texts[language]!.Synopsis, language, said.Texts[said.OriginalLanguage!]!.Name!,
            said.OriginalLanguage!, said.Number, said.Year, view.AgeOf(row), LabelFor(said, viewing.Region), said.Genres!, said.Countries!,
            [.. from credit in said.People! where names.ContainsKey(credit.PersonId!) select new CreditAnswer(credit.PersonId!, names[credit.PersonId!].Name, credit.Role!, credit.Character)],
            said.Tags!, title.ReleaseAt ?? default, title.Popularity, Kinds.IsPlayed(said.Kind!), times?.DurationSeconds is > 0 and var seconds ? seconds : null,
            times?.AudioLanguages ?? [], times?.CaptionLanguages ?? [], [.. ParentsOf(row, view, viewing.Language)],
            ArtworkAnswer.For(title.Id, title.Artwork, viewing.Language));
    }

    private static string? LabelFor(TitleContent said, string? region) => region is null ? null : said.Rating?.Labels?.GetValueOrDefault(region);

    private static IEnumerable<ParentAnswer> ParentsOf(int row, CatalogView view, string? language)
    {
        for (var at = view.Snapshot[row]!.ParentId; at is not null && view.Snapshot.Find(at) is { } parent; at = view.Snapshot[parent]!.ParentId)
            yield return new(at, view.Snapshot[parent]!.Kind, view.Snapshot[parent]!.NameIn(language), view.Snapshot[parent]!.Number);
    }
}
