using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Recommend.Bench;

/// <summary>Plain files, a viewer or title a line. Ids are any words without blanks and bars.</summary>
internal sealed class DataFiles
{
    private readonly Dictionary<string, int> _titles = new(StringComparer.Ordinal);

    public static DataSet Read(string train, string test, string? items, string protocol)
    {
        var files = new DataFiles();
        var texts = items is null ? [] : File.ReadLines(items).Where(line => line.Length > 0).Select(files.Item).ToDictionary(item => item.Title, item => item.Text);
        var rows = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var line in Lines(train)) rows[line[0]] = [.. line[1..].Select(files.Title)];
        var tests = protocol == "foldin" ? [.. File.ReadLines(test).Where(line => line.Length > 0).Select(files.Folded)]
            : Lines(test).Select(line => new Case(History.Of(rows.GetValueOrDefault(line[0]) ?? []), [.. line[1..].Select(files.Title).Distinct()], default)).ToArray();
        var table = InteractionTable.Of(files._titles.Count, [.. rows.Values.Select(row => History.Of(row))]);
        return new(table, [.. Enumerable.Range(0, table.Titles).Select(title => texts.GetValueOrDefault(title, ContentText.None))],
            [.. tests.Where(found => found.Hidden.Length > 0)], protocol == "next" ? HiddenPart.Latest : HiddenPart.Fifth, protocol == "foldin");
    }

    private static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(file).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0);

    private int Title(string id)
    {
        if (!_titles.TryGetValue(id, out var title)) _titles[id] = title = _titles.Count;
        return title;
    }

    // user known-items | hidden-items
    private Case Folded(string line)
    {
        var sides = line.Split('|');
        if (sides.Length != 2) throw new FormatException($"A line of fold-in has one bar: {line}");
        var (known, hidden) = (Words(sides[0]), Words(sides[1]));
        return new(History.Of([.. known[1..].Select(Title)]), [.. hidden.Select(Title).Distinct()], default);
    }

    // item|name|genre,genre|key=value;key=value
    private (int Title, ContentText Text) Item(string line)
    {
        var parts = line.Split('|');
        if (parts.Length != 4) throw new FormatException($"A line of items has three bars: {line}");
        var pairs = parts[3].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2);
        var values = pairs.ToLookup(pair => pair[0], pair => pair[1]);
        string[] people = ["people", "person", "director", "actor", "cast"];
        return (Title(parts[0]), new(parts[1], string.Join(' ', values["synopsis"]), parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries),
            [.. people.SelectMany(key => values[key]).SelectMany(names => names.Split(','))],
            [.. values.Where(group => group.Key != "synopsis" && !people.Contains(group.Key)).SelectMany(group => group.Select(value => $"{group.Key}={value}"))]));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
