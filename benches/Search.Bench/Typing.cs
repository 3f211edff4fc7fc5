using System.Text;

namespace FlickStream.Search.Bench;

/// <summary>What viewers type who look for a title.</summary>
internal sealed class Typing(BenchTitle[] titles, int seed)
{
    // A query has 200 characters at most, of which a typo may be one.
    private const int Longest = 199;

    private readonly Random _random = new(seed);

    /// <summary>As many of each kind as wanted.</summary>
    public IEnumerable<Query> Queries(int each)
    {
        foreach (var title in Some(each)) yield return new("the first letter, with counts", First(NameOf(title), 1), null, HasFacets: true);
        foreach (var title in Some(each)) yield return new("two or three letters, with counts", First(NameOf(title), 2 + _random.Next(2)), null, HasFacets: true);
        foreach (var title in Some(each)) yield return new("half of a name, with counts", Half(NameOf(title)), null, HasFacets: true);
        foreach (var title in Some(each)) yield return new("whole names", NameOf(title), title.Id);
        foreach (var title in Some(each, IsTypable)) yield return new("one-letter typos", Mistyped(NameOf(title)), title.Id);
        foreach (var title in Some(each, IsTypable)) yield return new("one-letter typos, with counts", Mistyped(NameOf(title)), title.Id, HasFacets: true);
        foreach (var title in Some(each, title => title.People.Count > 0)) yield return new("people", First(title.People.Values.First(), Longest), null);
    }

    // A year has no letter to get wrong.
    private static bool IsTypable(BenchTitle title) => NamesOf(title).All(name => name.Any(char.IsLetter));

    private IEnumerable<BenchTitle> Some(int count, Func<BenchTitle, bool>? isFit = null)
    {
        var fit = isFit is null ? titles : [.. titles.Where(isFit)];
        return fit.Length == 0 ? [] : Enumerable.Range(0, count).Select(_ => fit[_random.Next(fit.Length)]);
    }

    private string NameOf(BenchTitle title)
    {
        var names = NamesOf(title).ToArray();
        return names[_random.Next(names.Length)];
    }

    private static IEnumerable<string> NamesOf(BenchTitle title) => title.Names.Select(name => First(name, Longest));

    private static string First(string name, int letters) => name[..Math.Min(name.Length, letters)];

    private static string Half(string name) => First(name, Math.Max(1, name.Length / 2));

    // A letter is left out, doubled with another, changed or swapped with the next one.
    private string Mistyped(string name)
    {
        var places = Enumerable.Range(0, name.Length).Where(at => char.IsLetter(name[at])).ToArray();
        var (typed, at) = (new StringBuilder(name), places[_random.Next(places.Length)]);
        var other = name[places[_random.Next(places.Length)]];
        switch (_random.Next(4))
        {
            case 0 when places.Length > 1: typed.Remove(at, 1); break;
            case 1: typed.Insert(at, other); break;
            case 2 when at + 1 < name.Length && char.IsLetter(name[at + 1]): (typed[at], typed[at + 1]) = (typed[at + 1], typed[at]); break;
            default: typed[at] = other; break;
        }

        return typed.ToString() == name ? Mistyped(name) : typed.ToString();
    }
}
