using System.Numerics;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Search.Terms;

namespace FlickStream.Portal.Search;

/// <summary>What titles have in common with one: the fewer have it, the more it is worth. Counted among the titles that are there, in whole points.</summary>
internal static class Likeness
{
    private const int Person = 8;
    private const int Tag = 6;
    private const int Genre = 4;
    private const int Name = 4;
    private const int Said = 1;

    // Words that more titles have tell nothing: one in so many, and a few where there are hardly any titles.
    private const int ShareOfCommon = 20;
    private const int FewTitles = 50;

    /// <returns>By row; 0 of the title itself and of what has nothing in common with it.</returns>
    public static int[] Of(SearchState state, Title title, int row)
    {
        var (snapshot, terms, points) = (state.Snapshot, state.Terms, new int[state.Snapshot.Rows]);
        // Not the number of rows: some are empty, and on each node others.
        var titles = snapshot.ValuesOf(Facet.Kind).Values.Sum(rows => rows.Length);
        var here = snapshot[row]!;
        foreach (var person in here.People) Add(snapshot.With(Facet.Person, person), Person);
        foreach (var tag in here.Tags) Add(snapshot.With(Facet.Tag, tag), Tag);
        foreach (var genre in here.Genres) Add(snapshot.With(Facet.Genre, genre), Genre);
        foreach (var (field, words) in TitleTerms.Of(title.Content, []).ByField)
        {
            if (field is not (Fields.Name or Fields.Said)) continue;
            foreach (var word in words) Add(terms.Rows(field, word, FewTitles + (titles / ShareOfCommon)), field == Fields.Name ? Name : Said);
        }

        points[row] = 0;
        return points;

        void Add(IReadOnlyList<int>? rows, int factor)
        {
            if (rows is not { Count: > 0 }) return;
            var worth = factor * BitOperations.Log2((uint)(2 * titles / rows.Count));
            foreach (var with in rows) points[with] += worth;
        }
    }
}
