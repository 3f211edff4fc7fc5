using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Bench;

namespace FlickStream.Recommend.Bench;

/// <summary>Plain files, a viewer or title a line. Ids are any words without blanks and bars.</summary>
internal sealed class DataFiles
{
    private const string Synopsis = "synopsis";

    private static readonly string[] Protocols = ["next", "topn", "foldin"];

    private readonly Dictionary<string, int> _titles = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">A line is not as it must be; the message begins with file and line.</exception>
    public static DataSet Read(string train, string test, string? items, string protocol)
    {
        if (!Protocols.Contains(protocol)) throw new ArgumentException($"--protocol is {string.Join(", ", Protocols)}, not '{protocol}'.");
        var files = new DataFiles();
        var texts = items is null ? [] : Line.Once(items, Item).ToDictionary(item => files.Title(item.Key), item => item.Value);
        var rows = Line.Once(train, files.Row);
        var isFoldIn = protocol == "foldin";
        var (cases, unknown, repeated) = isFoldIn ? ([.. Line.Once(test, line => files.Folded(line, rows)).Values], 0, 0) : Unseen(Line.Once(test, files.Row), rows);
        var tests = cases.Where(found => found.Hidden.Length > 0).ToArray();
        if (tests.Length == 0) throw new FormatException($"{test}: there is nothing to find.");
        var table = InteractionTable.Of(files._titles.Count, [.. rows.Values.Select(row => History.Of(row))]);
        if (HoldOut.Count(table) == 0) throw new FormatException($"{train}: nobody has watched {HoldOut.ShortestHistory} titles, of which some could be hidden to learn from.");
        return new(table, [.. Enumerable.Range(0, table.Titles).Select(title => texts.GetValueOrDefault(title, ContentText.None))], tests,
            protocol == "next" ? HiddenPart.Latest : HiddenPart.Fifth, isFoldIn) { Unknown = unknown, Repeated = repeated };
    }

    // Whoever watches a title again has it in both files. As no way ranks what was seen, it could not be found, and would count as missed.
    private static (Case[] Cases, int Unknown, int Repeated) Unseen(OrderedDictionary<string, int[]> test, OrderedDictionary<string, int[]> train)
    {
        var (cases, unknown, repeated) = (new List<Case>(), 0, 0);
        foreach (var (user, titles) in test)
        {
            var (known, all) = (train.GetValueOrDefault(user), titles.Distinct().ToArray());
            int[] hidden = [.. all.Except(known ?? [])];
            repeated += all.Length - hidden.Length;
            if (known is null && hidden.Length > 0) unknown++;
            cases.Add(new(History.Of(known ?? []), hidden, default));
        }

        return ([.. cases], unknown, repeated);
    }

    private int Title(string id)
    {
        if (!_titles.TryGetValue(id, out var title)) _titles[id] = title = _titles.Count;
        return title;
    }

    // user item item …
    private (string Id, int[] Titles) Row(Line line)
    {
        if (line.Text.Contains('|', StringComparison.Ordinal)) throw line.Fault("only lines of fold-in tests and of titles have bars.");
        var words = Words(line.Text);
        return (words[0], [.. words[1..].Select(Title)]);
    }

    // user known-items | hidden-items
    private (string Id, Case Case) Folded(Line line, OrderedDictionary<string, int[]> train)
    {
        if (line.Text.Split('|') is not [var left, var right]) throw line.Fault("a line of fold-in has one bar.");
        if (Words(left) is not [var user, .. var known]) throw line.Fault("there is no user before the bar.");
        if (train.ContainsKey(user)) throw line.Fault($"{user} is among those of whom is learned.");
        if (Words(right).FirstOrDefault(known.Contains) is { } both) throw line.Fault($"{both} is known and hidden.");
        return (user, new(History.Of([.. known.Select(Title)]), [.. Words(right).Select(Title).Distinct()], default));
    }

    private static (string Id, ContentText Text) Item(Line line)
    {
        var (id, name, genres, people, values) = TitleLine.Of(line);
        return (id, new(name, string.Join(' ', values[Synopsis]), genres, people,
            [.. values.Where(group => group.Key != Synopsis).SelectMany(group => group.Select(value => $"{group.Key}={value}"))]));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
