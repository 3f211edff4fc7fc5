using System.Globalization;

namespace FlickStream.Search.Bench;

/// <summary>Plain files, a title or a query a line.</summary>
internal static class Files
{
    private static readonly string[] PeopleKeys = ["people", "person", "director", "actor", "cast"];

    /// <summary><c>item|name|genre,genre|key=value;key=value</c> with the keys <c>name-de</c> (another language's), <c>people</c>, <c>synopsis</c>,
    /// <c>year</c> and <c>popularity</c>.</summary>
    public static BenchTitle[] Titles(string file) => [.. File.ReadLines(file).Where(line => line.Length > 0).Select(Title)];

    /// <summary><c>query|item</c>: what is typed, and what is meant.</summary>
    public static Query[] Queries(string file) => [.. File.ReadLines(file).Where(line => line.Length > 0).Select(Query)];

    private static Query Query(string line) =>
        line.Split('|') is [var text, var item] ? new("queries of the file", text, item) : throw new FormatException($"A line of queries has one bar: {line}");

    private static BenchTitle Title(string line)
    {
        var parts = line.Split('|');
        if (parts.Length != 4) throw new FormatException($"A line of titles has three bars: {line}");
        var values = parts[3].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1]);
        var names = values.Where(group => group.Key.StartsWith("name-", StringComparison.Ordinal)).Select(group => (group.Key[5..], group.First()));
        return BenchTitle.Of(
            parts[0], names.Prepend(("en", parts[1])), values["synopsis"].FirstOrDefault(), parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries),
            PeopleKeys.SelectMany(key => values[key]).SelectMany(people => people.Split(',')),
            int.TryParse(values["year"].FirstOrDefault(), CultureInfo.InvariantCulture, out var year) ? year : null,
            double.TryParse(values["popularity"].FirstOrDefault(), CultureInfo.InvariantCulture, out var popularity) ? popularity : 0);
    }
}
