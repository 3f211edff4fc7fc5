using System.Globalization;
using System.Runtime.InteropServices;
using FlickStream.Platform.Http;
using FlickStream.Platform.Languages;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Search;

/// <param name="Kind">movie or series.</param>
/// <param name="Year">Tells two of one name apart.</param>
internal sealed record SuggestedTitle(string Id, [property: OneOf("movie", "series")] string Kind, string Name, int? Year);

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
    private const int UsualPeople = 600;

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
        return await answers.OfAsync(state, view, question, () => CachedPage.Of(Find(state, view, query, limit, viewing.MaximumAge, shown, names)), http);
    }

    private static Suggestions Find(SearchState state, CatalogView view, SearchQuery query, int limit, int maximumAge, string? language, PeopleNames names)
    {
        var matcher = new Matcher(state, query);
        var page = SearchFinder.Find(matcher, view, query, new BrowseRequest { Limit = limit }, maximumAge, language);
        return new Suggestions(
            [.. page.Items.Select(card => new SuggestedTitle(card.Id, card.Kind, card.Name, card.Year))],
            [.. PeopleOf(state, matcher, query, view.UpTo(maximumAge), names).Take(limit)], [.. GenresOf(state.Snapshot, matcher, query, view.UpTo(maximumAge)).Take(limit)]);
    }

    private static IEnumerable<SuggestedFilter> PeopleOf(SearchState state, Matcher matcher, SearchQuery query, ulong[] seen, PeopleNames names)
    {
        using var tally = matcher.People();
        // Who has all words in their name is in titles that have them.
        if (tally is null) return [];
        var titlesOf = new Dictionary<string, int>(UsualPeople, StringComparer.Ordinal);
        foreach (var (_, row) in SearchFinder.Top(state.Snapshot, tally.FoundWhole(seen), tally, MostTitlesOfPeople, null))
            foreach (var person in state.Snapshot[row]!.People) CollectionsMarshal.GetValueRefOrAddDefault(titlesOf, person, out _)++;
        var meanings = Meanings(query, matcher.Near);
        var meant = new List<(string Id, string Name, int Titles)>();
        foreach (var (person, titles) in titlesOf)
            if (names.Find(person) is { } known && IsMeant(known, meanings)) meant.Add((person, known.Name, titles));
        return meant.OrderByDescending(person => person.Titles).ThenBy(person => person.Id, StringComparer.Ordinal).Select(person => new SuggestedFilter(person.Id, person.Name));
    }

    private static IEnumerable<SuggestedFilter> GenresOf(CatalogSnapshot snapshot, Matcher matcher, SearchQuery query, ulong[] seen)
    {
        var meanings = Meanings(query, matcher.NearAbout);
        return GenreNames.Where(genre => IsMeant(genre.Known, meanings) && Array.Exists(snapshot.With(Facet.Genre, genre.Id), seen.Has))
            .Select(genre => new SuggestedFilter(genre.Id, genre.Known.Name));
    }

    private static Meaning[] Meanings(SearchQuery query, Func<int, IReadOnlyList<NearWord>> nearTo) =>
        [.. query.Words.Select((word, at) => new Meaning(word.Text, at == query.Words.Count - 1, nearTo(at).Select(near => near.Text).Concat(Words.FormsOf(word.Text).Skip(1)).ToHashSet(StringComparer.Ordinal)))];

    private static bool IsMeant(KnownName name, Meaning[] meanings)
    {
        foreach (var meaning in meanings)
            if (!meaning.IsOneOf(name.Words)) return false;
        return meanings.Length > 0;
    }

    /// <summary>Which words of a name are meant by one of the query.</summary>
    private sealed record Meaning(string Word, bool IsLast, HashSet<string> Near)
    {
        // Of hundreds of people.
        public bool IsOneOf(IReadOnlyList<string> words)
        {
            for (var i = 0; i < words.Count; i++)
                if (IsMeantBy(words[i])) return true;
            return false;
        }

        private bool IsMeantBy(string word) =>
            (IsLast ? word.StartsWith(Word, StringComparison.Ordinal) : word == Word) || (Near.Count > 0 && Near.Contains(word));
    }
}
