using FlickStream.Portal.Search;
using FlickStream.Shared.Bench;

namespace FlickStream.Search.Bench;

/// <summary>Plain files, a title or a query a line.</summary>
internal static class Files
{
    private const string OtherName = "name-";

    /// <summary><c>item|name|genre,genre|key=value;key=value</c> with the keys <c>name-de</c> (another language's), <c>people</c>, <c>synopsis</c>,
    /// <c>year</c> and <c>popularity</c>, which is how often it was watched; others say nothing.</summary>
    /// <exception cref="FormatException">A line is not so; the message begins with file and line. Or there is none.</exception>
    public static BenchTitle[] Titles(string file) => Line.Once(file, Title).Values.ToArray() is { Length: > 0 } titles ? titles : throw new FormatException($"{file}: there are no titles.");

    /// <summary><c>query|item</c>: what is typed, and what is meant.</summary>
    /// <exception cref="FormatException">As before, also where a query means none of the titles.</exception>
    public static Query[] Queries(string file, BenchTitle[] titles)
    {
        var known = titles.Select(title => title.Id).ToHashSet(StringComparer.Ordinal);
        Query[] queries = [.. Line.Of(file).Select(line => Query(line, known))];
        return queries.Length > 0 ? queries : throw new FormatException($"{file}: there are no queries.");
    }

    private static Query Query(Line line, HashSet<string> known) =>
        line.Text.Split('|') is not [var text, var item] ? throw line.Fault("a line of queries has one bar.")
        : SearchQuery.Of(text) is null ? throw line.Fault($"that is no query: {SearchQuery.Invalid.Sentence}")
        : known.Contains(item.Trim()) ? new Query("queries of the file", text, item.Trim()) : throw line.Fault($"no title is {item.Trim()}.");

    private static (string Id, BenchTitle Title) Title(Line line)
    {
        var (id, name, genres, people, values) = TitleLine.Of(line);
        (string Language, string Name)[] names =
            [("en", name), .. values.Where(group => group.Key.StartsWith(OtherName, StringComparison.Ordinal)).Select(group => (group.Key[OtherName.Length..], group.First()))];
        if (names.Any(one => one.Name.Length == 0)) throw line.Fault("a name is blank.");
        int? year = values["year"].FirstOrDefault() is { } told ? line.ReadNumber<int>("year", told, 0) : null;
        var plays = values["popularity"].FirstOrDefault() is { } often ? line.ReadNumber<double>("popularity", often, 0) : 0;
        return (id, BenchTitle.Of(id, names, values["synopsis"].FirstOrDefault(), genres.Select(genre => genre.ToLowerInvariant()), people, year, plays));
    }
}
