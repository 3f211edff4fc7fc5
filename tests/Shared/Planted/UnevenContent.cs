using FlickStream.Portal.Recommendations.Content;

namespace FlickStream.Shared.Planted;

/// <summary>
/// Content as catalogues have it, of which some tells much of who watches a title, some little and most nothing: one of two genres that a
/// cluster shares with others, and any; two keywords of the cluster's fifteen among four that anything may have; a director who mostly works in one cluster; two
/// leads, of whom each is as likely one of the cluster's twenty-five as anybody, and three of three thousand small parts; two words of the cluster's forty in
/// a synopsis of thirty. Other content tells how many watch it, whoever they are: one of forty studios, one of sixty stars in every third title, and a
/// franchise in every eighth. A quarter to a third of the spread of the logarithm of viewers can be told from it, where of 3,128 films studio, director, genre
/// and source tell a quarter (of votes at IMDb) to a half (of what they took in America).
/// </summary>
internal sealed class UnevenContent
{
    private const int Genres = 18, Keywords = 400, Words = 5000, Stars = 60, Studios = 40, TitlesPerFranchise = 40, Extras = 3000;

    // Of the logarithm of what content does not tell.
    private const double OwnSpread = 1.2;

    private readonly Random _random;
    private readonly int[] _clusterOf;
    private readonly Draws _stars;
    private readonly Draws _studios;
    private readonly Draws _franchises;

    public UnevenContent(int[] clusterOf, int seed)
    {
        (_random, _clusterOf) = (new(seed), clusterOf);
        _stars = new(_random, Stars, 0.7, 0.7, clusterOf.Length, () => _random.Next(3) == 0 ? _random.Next(Stars) : -1);
        _studios = new(_random, Studios, 0, 1, clusterOf.Length, () => Zipf(Studios));
        var franchises = Math.Max(1, clusterOf.Length / TitlesPerFranchise);
        _franchises = new(_random, franchises, 1, 0.7, clusterOf.Length, () => _random.Next(8) == 0 ? _random.Next(franchises) : -1);
        Texts = [.. Enumerable.Range(0, clusterOf.Length).Select(Of)];
    }

    public IReadOnlyList<ContentText> Texts { get; }

    /// <summary>By how much more a title is watched for its star, studio and franchise.</summary>
    public double DrawOf(int title) => _stars.Of(title) * _studios.Of(title) * _franchises.Of(title);

    public double DrawnFame(int title, Random random) => DrawOf(title) * Math.Exp(OwnSpread * Normal(random));

    private ContentText Of(int title)
    {
        var cluster = _clusterOf[title];
        string[] genres = [$"genre {(_random.Next(2) == 0 ? cluster : (cluster * 7) + 3) % Genres}", $"genre {_random.Next(Genres)}"];
        string[] tags =
        [
            .. Distinct(2, () => $"key {cluster} {_random.Next(15)}"), .. Distinct(4, () => $"keyword {Zipf(Keywords)}"),
            .. _studios.NameOf("studio", title), .. _franchises.NameOf("franchise", title),
        ];
        string[] people =
        [
            $"director {(_random.NextDouble() < 0.8 ? cluster : Other())} {_random.Next(8)}",
            .. Distinct(2, () => $"lead {(_random.Next(2) == 0 ? cluster : Other())} {_random.Next(25)}"),
            .. Distinct(3, () => $"extra {_random.Next(Extras)}"),
            .. _stars.NameOf("star", title),
        ];
        var words = Enumerable.Range(0, 30).Select(at => at < 2 ? $"c{cluster}w{_random.Next(40)}" : $"word{Zipf(Words)}");
        return new($"word{Zipf(Words)} word{Zipf(Words)}", string.Join(' ', words), [.. genres.Distinct()], people, tags);
    }

    private int Other() => _clusterOf[_random.Next(_clusterOf.Length)];

    // Few are everywhere, most are rare.
    private int Zipf(int count) => (int)Math.Pow(count, _random.NextDouble()) - 1;

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static HashSet<string> Distinct(int count, Func<string> draw)
    {
        var drawn = new HashSet<string>(StringComparer.Ordinal);
        while (drawn.Count < count) drawn.Add(draw());
        return drawn;
    }

    // Some of a kind, each of which draws so many viewers more, and which of them each title has; -1 for none.
    private sealed class Draws(Random random, int count, double mean, double spread, int titles, Func<int> draw)
    {
        private readonly double[] _draws = [.. Enumerable.Range(0, count).Select(_ => Math.Exp(mean + (spread * Normal(random))))];
        private readonly int[] _of = [.. Enumerable.Range(0, titles).Select(_ => draw())];

        public double Of(int title) => _of[title] < 0 ? 1 : _draws[_of[title]];

        public string[] NameOf(string kind, int title) => _of[title] < 0 ? [] : [$"{kind} {_of[title]}"];
    }
}
