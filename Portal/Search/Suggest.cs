using System.Globalization;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Search;

/// <param name="Kind">movie or series.</param>
internal sealed record SuggestedTitle(string Id, string Kind, string Name);

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

    // The beginnings of words are what most ask for, and what is dearest to find; what is typed on few others type.
    private const int LongestKept = 12;

    // Of the titles that somebody of such a name is in.
    private const int MostTitlesOfPeople = 100;

    public static readonly Problem LimitInvalid = new("suggestion_limit_invalid", 400, $"Use a limit of 1 to {Most}.");

    /// <param name="q">As for searching.</param>
    /// <param name="language">Of names; without it the browser's.</param>
    /// <param name="limit">Of each kind.</param>
    public static async Task<Results<CachedPageResult, ProblemHttpResult>> HandleAsync(
        SearchIndex index, PeopleNames names, ViewingReader reader, TimeProvider time, HttpContext http, string? q = null, string? language = null, int limit = Usual)
    {
        if (SearchQuery.Of(q) is not { } query) return SearchQuery.Invalid.ToResult();
        if (limit is < 1 or > Most) return LimitInvalid.ToResult();
        var viewing = await reader.ReadAsync(http, language);
        using var state = await index.TakeAsync(http.RequestAborted);
        var view = state.Snapshot.ViewOf(viewing.Region, time.GetUtcNow());
        var shown = state.Snapshot.LanguageFor(viewing.Language);
        var key = query.Key.Length > LongestKept ? null
            : string.Create(CultureInfo.InvariantCulture, $"suggest\n{state.Number} {limit} {viewing.MaximumAge}\n{shown}\n{query.Key}");
        if (key is not null && view.Pages.Find(key) is { } known) return CatalogPages.Answer(http, known);
        var page = CachedPage.Of(Find(state, view, query, limit, viewing.MaximumAge, shown, names));
        return CatalogPages.Answer(http, key is null ? page : view.Pages.Keep(key, page));
    }

    private static Suggestions Find(SearchState state, CatalogView view, SearchQuery query, int limit, int maximumAge, string? language, PeopleNames names)
    {
        var page = SearchFinder.Find(state, view, query, new BrowseRequest { Limit = limit }, maximumAge, language);
        return new Suggestions(
            [.. page.Items.Select(card => new SuggestedTitle(card.Id, card.Kind, card.Name))],
            [.. PeopleOf(state, query, view.UpTo(maximumAge), names).Take(limit)], [.. GenresOf(state.Snapshot, query, view.UpTo(maximumAge)).Take(limit)]);
    }

    private static IEnumerable<SuggestedFilter> PeopleOf(SearchState state, SearchQuery query, ulong[] seen, PeopleNames names)
    {
        using var tally = Matcher.Run(state, query, isOfPeople: true);
        var found = SearchFinder.Top(state.Snapshot, tally.Found(seen), tally.PointsOf, MostTitlesOfPeople, null);
        var wanted = query.Words.Select((word, at) => Meaning(state.Words, word, at == query.Words.Count - 1)).ToArray();
        return found.SelectMany(entry => state.Snapshot[entry.Row]!.People).CountBy(person => person, StringComparer.Ordinal)
            .Select(person => (person.Key, Name: names.Find(person.Key), person.Value)).Where(person => person.Name is not null && IsMeant(person.Name, wanted))
            .OrderByDescending(person => person.Value).ThenBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => new SuggestedFilter(person.Key, person.Name!));
    }

    private static IEnumerable<SuggestedFilter> GenresOf(CatalogSnapshot snapshot, SearchQuery query, ulong[] seen)
    {
        var wanted = query.Words.Select((word, at) => Meaning(Vocabulary.Empty, word, at == query.Words.Count - 1)).ToArray();
        return Genres.Names.OrderBy(genre => genre.Key, StringComparer.Ordinal)
            .Where(genre => IsMeant(genre.Value, wanted) && Array.Exists(snapshot.With(Facet.Genre, genre.Key), seen.Has))
            .Select(genre => new SuggestedFilter(genre.Key, genre.Value));
    }

    private static Func<string, bool> Meaning(Vocabulary words, Word word, bool isLast)
    {
        var near = Matcher.Near(words, word, isLast).Select(other => other.Text).Append(word.Text).ToHashSet(StringComparer.Ordinal);
        return text => near.Contains(text) || (isLast && text.StartsWith(word.Text, StringComparison.Ordinal));
    }

    private static bool IsMeant(string name, Func<string, bool>[] wanted)
    {
        var words = Words.Of(name);
        return wanted.Length > 0 && Array.TrueForAll(wanted, means => words.Exists(word => means(word.Text)));
    }
}
