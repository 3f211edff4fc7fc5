using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Bench;

/// <summary>What viewers type who look for a movie or for somebody in one: mostly for what is watched most. The same each time.</summary>
internal static class Typing
{
    private const int Seed = 11;
    // So many that those who are measured type other names than those before, but for what many look for.
    private const int Names = 10_000;

    // One of so many looks for a person.
    private const int People = 5;

    /// <summary>All that the box asks for while names are typed, one letter after the other; many viewers type side by side.</summary>
    public static IEnumerable<string> Letters() => Mixed(Wanted().SelectMany(name => Enumerable.Range(1, name.Length).Select(length => name[..length])));

    /// <summary>What is sent: whole names, and of some the beginning.</summary>
    public static IEnumerable<string> Words() => Mixed(Wanted().SelectMany(name => (string[])[name, name[..((name.Length + 1) / 2)]]));

    private static IEnumerable<string> Wanted()
    {
        var (library, random) = (new Library(DateTimeOffset.UnixEpoch), new Random(Seed));
        library.Make();
        for (var name = 0; name < Names; name++)
            yield return name % People == 0 ? $"{Bench.Words.Name(random.Next())} {Bench.Words.Name(random.Next(140))}" : NameOf(library.Played[(int)(Math.Pow(random.NextDouble(), 3) * Library.Movies)].Title);
    }

    // Without the mark of its language.
    private static string NameOf(Title title) => title.Content.Texts!["en"]!.Name!.Replace(" (en)", "", StringComparison.Ordinal);

    private static string[] Mixed(IEnumerable<string> typed)
    {
        var all = typed.Where(text => text[^1] != ' ').ToArray();
        new Random(Seed).Shuffle(all);
        return all;
    }
}
