namespace FlickStream.Shared.Bench;

/// <summary><c>item|name|genre,genre|key=value;key=value</c></summary>
/// <param name="Id">A word without blanks.</param>
/// <param name="People">Of all keys that name some.</param>
/// <param name="Values">Of all other keys.</param>
internal sealed record TitleLine(string Id, string Name, string[] Genres, string[] People, ILookup<string, string> Values)
{
    private const StringSplitOptions Items = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static readonly string[] PeopleKeys = ["people", "person", "director", "actor", "cast"];

    /// <exception cref="FormatException">It is not so.</exception>
    public static TitleLine Of(Line line)
    {
        if (line.Text.Split('|') is not [var id, var name, var genres, var rest]) throw line.Fault("a line of titles has three bars.");
        if (id.Length == 0 || id.Any(char.IsWhiteSpace)) throw line.Fault($"'{id}' is no id: those are words without blanks.");
        var pairs = rest.Split(';', Items)
            .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries) is [var key, var value] ? (Key: key, Value: value) : throw line.Fault($"'{pair}' is no key=value."))
            .ToLookup(pair => PeopleKeys.Contains(pair.Key));
        return new(
            id, name.Trim(), genres.Split(',', Items), [.. pairs[true].SelectMany(pair => pair.Value.Split(',', Items))], pairs[false].ToLookup(pair => pair.Key, pair => pair.Value));
    }
}
