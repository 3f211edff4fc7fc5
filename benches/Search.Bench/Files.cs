using System.Globalization;

namespace FlickStream.Search.Bench;

/// <summary>Plain files, a title or a query a line.</summary>
internal static class Files
{
    private const StringSplitOptions Items = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static readonly string[] PeopleKeys = ["people", "person", "director", "actor", "cast"];

    /// <summary><c>item|name|genre,genre|key=value;key=value</c> with the keys <c>name-de</c> (another language's), <c>people</c>, <c>synopsis</c>,
    /// <c>year</c> and <c>popularity</c>, which is how often it was watched.</summary>
    public static BenchTitle[] Titles(string file)
    {
        BenchTitle[] titles = [.. Lines(file).Select(Title)];
        var twice = titles.CountBy(title => title.Id, StringComparer.Ordinal).FirstOrDefault(title => title.Value > 1);
        return twice.Key is null ? titles : throw new FormatException($"There are two titles {twice.Key}.");
    }

    /// <summary><c>query|item</c>: what is typed, and what is meant.</summary>
    public static IEnumerable<Query> Queries(string file, BenchTitle[] titles)
    {
        var known = titles.Select(title => title.Id).ToHashSet(StringComparer.Ordinal);
        return Lines(file).Select(line => line.Split('|') is not [var text, var item] ? throw new FormatException($"A line of queries has one bar: {line}")
            : known.Contains(item) ? new Query("queries of the file", text, item) : throw new FormatException($"No title is {item}: {line}"));
    }

    // Whoever edits on Windows ends lines otherwise, and some editors begin with a mark, which is read as none.
    private static IEnumerable<string> Lines(string file) => File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0);

    private static BenchTitle Title(string line)
    {
        var parts = line.Split('|');
        if (parts.Length != 4) throw new FormatException($"A line of titles has three bars: {line}");
        var values = parts[3].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1]);
        var names = values.Where(group => group.Key.StartsWith("name-", StringComparison.Ordinal)).Select(group => (group.Key[5..], group.First()));
        return BenchTitle.Of(
            parts[0], names.Prepend(("en", parts[1])), values["synopsis"].FirstOrDefault(), parts[2].ToLowerInvariant().Split(',', Items),
            PeopleKeys.SelectMany(key => values[key]).SelectMany(people => people.Split(',', Items)),
            int.TryParse(values["year"].FirstOrDefault(), CultureInfo.InvariantCulture, out var year) ? year : null,
            double.TryParse(values["popularity"].FirstOrDefault(), CultureInfo.InvariantCulture, out var plays) ? plays : 0);
    }
}
