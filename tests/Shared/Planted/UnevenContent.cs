using FlickStream.Portal.Recommendations.Content;

namespace FlickStream.Shared.Planted;

/// <summary>
/// Content as catalogues have it, of which some tells much of who watches a title, some little and most nothing: one of two genres that a
/// cluster shares with others, and any; two keywords of the cluster's fifteen among four that anything may have; a director who mostly works in one cluster; two
/// leads, of whom each is as likely one of the cluster's twenty-five as anybody, and three of three thousand small parts; two words of the cluster's forty in
/// a synopsis of thirty. One title in four has one of sixty stars, of whom each draws his own crowd wherever he plays.
/// </summary>
internal sealed class UnevenContent
{
    private const int Genres = 18, Keywords = 400, Words = 5000, Stars = 60, Extras = 3000;

    private readonly Random _random;
    private readonly int[] _clusterOf;
    private readonly int[] _starOf;
    private readonly double[] _draws;

    public UnevenContent(int[] clusterOf, int seed)
    {
        (_random, _clusterOf) = (new(seed), clusterOf);
        _draws = [.. Enumerable.Range(0, Stars).Select(_ => 1 + (3 * _random.NextDouble()))];
        _starOf = [.. clusterOf.Select(_ => _random.Next(4) == 0 ? _random.Next(Stars) : -1)];
        Texts = [.. Enumerable.Range(0, clusterOf.Length).Select(Of)];
    }

    public IReadOnlyList<ContentText> Texts { get; }

    /// <summary>By how much more a title is watched for its star.</summary>
    public double DrawOf(int title) => _starOf[title] < 0 ? 1 : _draws[_starOf[title]];

    private ContentText Of(int title)
    {
        var cluster = _clusterOf[title];
        string[] genres = [$"genre {(_random.Next(2) == 0 ? cluster : (cluster * 7) + 3) % Genres}", $"genre {_random.Next(Genres)}"];
        string[] tags = [.. Distinct(2, () => $"key {cluster} {_random.Next(15)}"), .. Distinct(4, () => $"keyword {Zipf(Keywords)}")];
        string[] people =
        [
            $"director {(_random.NextDouble() < 0.8 ? cluster : Other())} {_random.Next(8)}",
            .. Distinct(2, () => $"lead {(_random.Next(2) == 0 ? cluster : Other())} {_random.Next(25)}"),
            .. Distinct(3, () => $"extra {_random.Next(Extras)}"),
            .. _starOf[title] < 0 ? [] : new[] { $"star {_starOf[title]}" },
        ];
        var words = Enumerable.Range(0, 30).Select(at => at < 2 ? $"c{cluster}w{_random.Next(40)}" : $"word{Zipf(Words)}");
        return new($"word{Zipf(Words)} word{Zipf(Words)}", string.Join(' ', words), [.. genres.Distinct()], people, tags);
    }

    private int Other() => _clusterOf[_random.Next(_clusterOf.Length)];

    // Few are everywhere, most are rare.
    private int Zipf(int count) => (int)Math.Pow(count, _random.NextDouble()) - 1;

    private static HashSet<string> Distinct(int count, Func<string> draw)
    {
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        while (drawn.Count < count) drawn.Add(draw());
        return drawn;
    }
}
