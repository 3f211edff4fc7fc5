using System.Globalization;

namespace FlickStream.Search.Bench;

/// <summary>--name value.</summary>
internal sealed class Arguments
{
    private static readonly string[] Names = ["titles", "queries", "generate", "requests", "edits", "seed"];

    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    public static Arguments Of(string[] words)
    {
        var arguments = new Arguments();
        for (var at = 0; at < words.Length; at += 2)
        {
            var name = words[at].StartsWith("--", StringComparison.Ordinal) ? words[at][2..] : throw new ArgumentException($"Not an option: {words[at]}");
            if (!Names.Contains(name)) throw new ArgumentException($"No such option: --{name}");
            arguments._given[name] = at + 1 < words.Length ? words[at + 1] : throw new ArgumentException($"--{name} wants a value.");
        }

        return arguments;
    }

    public string? Text(string name) => _given.GetValueOrDefault(name);

    public int Number(string name, int usual) => _given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
