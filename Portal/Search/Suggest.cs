using System.Globalization;
using FlickStream.Platform.Http;
using FlickStream.Platform.Languages;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Search;

/// <param name="Kind">movie or series.</param>
internal sealed record SuggestedTitle(string Id, [property: OneOf("movie", "series")] string Kind, string Name);

/// <param name="Id">Of <c>/api/people</c> or <c>/api/genres</c>: a filter's value.</param>
internal sealed record SuggestedFilter(string Id, string Name);

/// <param name="Titles">The best match first.</param>
/// <param name="People">Of titles that the viewer sees, those of most titles first.</param>
/// <param name="Genres">That some title which the viewer sees has.</param>
internal sealed record Suggestions(IReadOnlyList<SuggestedTitle> Titles, IReadOnlyList<SuggestedFilter> People, IReadOnlyList<SuggestedFilter> Genres);

/// <summary>GET: what somebody may mean who is typing.</summary>
internal static class Suggest
{
    private const int Usual = 5;
    private const int Most = 10;

    // Of the titles that somebody of such a name is in.
    private const int MostTitlesOfPeople = 100;

    private static readonly (string Id, KnownName Known)[] GenreNames =
        [.. Genres.Names.OrderBy(genre => genre.Key, StringComparer.Ordinal).Select(genre => (genre.Key, KnownName.Of(genre.Value)))];

    public static readonly Problem LimitInvalid = new("suggestion_limit_invalid", 400, $"Use a limit of 1 to {Most}.");

    /// <param name="q">As for searching.</param>
    /// <param name="language">Of names; without it the browser's.</param>
    /// <param name="limit">Of each kind.</param>
    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        SearchIndex index, SearchAnswers answers, PeopleNames names, ViewingReader reader, TimeProvider time, HttpContext http, string? q = null, string? language = null, int limit = Usual)
    {
        if (SearchQuery.Of(q) is not { } query) return SearchQuery.Invalid.ToResult();
        if (limit is < 1 or > Most) return LimitInvalid.ToResult();
        if (language is not null && LanguageTags.Shortest(language) is null) return BrowseRequest.FilterInvalid.ToResult();
        var viewing = await reader.ReadAsync(http, language);
        using var state = await index.TakeAsync(http.RequestAborted);
        var view = state.Snapshot.ViewOf(viewing.Region, time.GetUtcNow());
        var shown = state.Snapshot.LanguageFor(viewing.Language);
        var question = string.Create(CultureInfo.InvariantCulture, $"suggest {limit} {viewing.MaximumAge}\n{shown}\n{query.Key}");
        return CatalogPages.Answer(http, await answers.OfAsync(state, view, question, () => CachedPage.Of(Find(state, view, query, limit, viewing.MaximumAge, shown, names))));
    }

    private static Suggestions Find(SearchState state, CatalogView view, SearchQuery query, int limit, int maximumAge, string? language, PeopleNames names)
    {
        var matcher = new Matcher(state, query);
        var page = SearchFinder.Find(matcher, view, query, new BrowseRequest { Limit = limit }, maximumAge, language);
        return new Suggestions(
            [.. page.Items.Select(card => new SuggestedTitle(card.Id, card.Kind, card.Name))],
            [.. PeopleOf(state, matcher, query, view.UpTo(maximumAge), names).Take(limit)], [.. GenresOf(state.Snapshot, query, view.UpTo(maximumAge)).Take(limit)]);
    }

    private static IEnumerable<SuggestedFilter> PeopleOf(SearchState state, Matcher matcher, SearchQuery query, ulong[] seen, PeopleNames names)
    {
        using var tally = matcher.People();
        var found = SearchFinder.Top(state.Snapshot, tally.Found(seen), tally.PointsOf, MostTitlesOfPeople, null);
        var wanted = Meanings(query, matcher.Near);
        return found.SelectMany(entry => state.Snapshot[entry.Row]!.People).CountBy(person => person, StringComparer.Ordinal)
            .Select(person => (person.Key, Known: names.Find(person.Key), person.Value)).Where(person => person.Known is not null && IsMeant(person.Known, wanted))
            .OrderByDescending(person => person.Value).ThenBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => new SuggestedFilter(person.Key, person.Known!.Name));
    }

    private static IEnumerable<SuggestedFilter> GenresOf(CatalogSnapshot snapshot, SearchQuery query, ulong[] seen)
    {
        var wanted = Meanings(query, _ => []);
        return GenreNames.Where(genre => IsMeant(genre.Known, wanted) && Array.Exists(snapshot.With(Facet.Genre, genre.Id), seen.Has))
            .Select(genre => new SuggestedFilter(genre.Id, genre.Known.Name));
    }

    // Of each word of the query, which words of a name are it.
    private static Func<string, bool>[] Meanings(SearchQuery query, Func<int, IReadOnlyList<NearWord>> nearTo) => [.. query.Words.Select((word, at) =>
    {
        var (near, isLast) = (nearTo(at).Select(other => other.Text).Append(word.Text).ToHashSet(StringComparer.Ordinal), at == query.Words.Count - 1);
        return (Func<string, bool>)(text => near.Contains(text) || (isLast && text.StartsWith(word.Text, StringComparison.Ordinal)));
    })];

    private static bool IsMeant(KnownName name, Func<string, bool>[] wanted) => wanted.Length > 0 && Array.TrueForAll(wanted, means => name.Words.Any(means));
}
