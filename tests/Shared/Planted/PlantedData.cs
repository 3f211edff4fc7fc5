using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;

namespace FlickStream.Shared.Planted;

/// <summary>
/// A library and its viewers, made up so that there is something to find: titles belong to clusters and are of very different popularity;
/// a viewer likes a few clusters, stays in one for a while, and loves the hits that all watch or avoids them; titles have successors; each cluster has its
/// time of day; words, people and genres tell of the cluster.
/// </summary>
internal sealed class PlantedData
{
    private readonly Random _random;
    private readonly PlantedHabits _habits;
    private readonly UnevenContent? _uneven;
    private readonly int[] _clusterOf;
    private readonly int[][] _members;
    private readonly double[][] _fame;
    private readonly double[] _hits;
    private readonly int[] _successors;

    /// <param name="isUneven">As catalogues are, see <see cref="UnevenContent"/>, with broad tastes. Else all of the content tells of the cluster, and tastes are narrow.</param>
    public PlantedData(int titles, int clusters, int seed, bool isUneven = false)
    {
        (_random, Clusters, Titles, _habits) = (new(seed), clusters, titles, isUneven ? PlantedHabits.Broad : PlantedHabits.Narrow);
        _clusterOf = [.. Enumerable.Range(0, titles).Select(_ => _random.Next(clusters))];
        _members = [.. Enumerable.Range(0, clusters).Select(cluster => Enumerable.Range(0, titles).Where(title => _clusterOf[title] == cluster).ToArray())];
        _uneven = isUneven ? new(_clusterOf, seed) : null;
        var fame = Enumerable.Range(0, titles).Select(title => _uneven?.DrawnFame(title, _random) ?? Math.Pow(_random.NextDouble() + 0.02, -0.8)).ToArray();
        double[] powers = [_habits.LoversPower, _habits.OthersPower];
        _fame = [.. _members.SelectMany(members => powers.Select(power => Cumulative([.. members.Select(title => Math.Pow(fame[title], power))])))];
        _hits = Cumulative([.. fame.Select(one => Math.Pow(one, _habits.HitsPower))]);
        _successors = new int[titles];
        foreach (var members in _members)
            for (var at = 0; at < members.Length; at++) _successors[members[at]] = members[(at + 1) % members.Length];
        Texts = _uneven?.Texts ?? [.. Enumerable.Range(0, titles).Select(TextOf)];
    }

    public int Clusters { get; }

    public int Titles { get; }

    public IReadOnlyList<ContentText> Texts { get; }

    public int ClusterOf(int title) => _clusterOf[title];

    public int SuccessorOf(int title) => _successors[title];

    /// <summary>By how much more a title is watched for what its content says; the rest of its fame nothing tells.</summary>
    public double DrawOf(int title) => _uneven?.DrawOf(title) ?? 1;

    /// <summary>Histories of viewers, of 8 to eight times <paramref name="average"/> titles.</summary>
    public (History[] Rows, Moment[][] Moments) Viewers(int count, double average)
    {
        var (rows, moments) = (new History[count], new Moment[count][]);
        for (var viewer = 0; viewer < count; viewer++)
        {
            var length = (int)Math.Clamp(8 - ((average - 8) * Math.Log(1 - _random.NextDouble())), 8, Math.Min(8 * average, Titles * 0.4));
            (rows[viewer], moments[viewer]) = Viewer(length);
        }

        return (rows, moments);
    }

    private (History History, Moment[] Moments) Viewer(int length)
    {
        var liked = Enumerable.Range(0, _habits.Liked).Select(_ => _random.Next(Clusters)).ToArray();
        var (lovesHits, device, session) = (_random.Next(2) == 0, _random.Next(Moment.Devices), liked[0]);
        var (titles, moments, seen) = (new List<int>(length), new List<Moment>(length), new HashSet<int>());
        for (var tries = 0; titles.Count < length && tries < length * 20; tries++)
        {
            if (_random.NextDouble() < 0.15) session = _random.NextDouble() < _habits.LikedShare ? liked[_habits.DrawLiked(_random)] : _random.Next(Clusters);
            var title = titles.Count > 0 && _random.NextDouble() < _habits.SuccessorShare ? _successors[titles[^1]]
                : _random.NextDouble() < (lovesHits ? 0.4 : 0.1) ? Place(_hits) : Drawn(session, lovesHits);
            if (title < 0 || !seen.Add(title)) continue;
            titles.Add(title);
            var dayPart = _random.NextDouble() < 0.7 ? _clusterOf[title] % Moment.DayParts : _random.Next(Moment.DayParts);
            moments.Add(new(dayPart, device));
        }

        return (History.Of(titles.ToArray()), [.. moments]);
    }

    private int Drawn(int cluster, bool lovesHits)
    {
        var sums = _fame[(cluster * 2) + (lovesHits ? 0 : 1)];
        return sums.Length == 0 ? -1 : _members[cluster][Place(sums)];
    }

    private int Place(double[] sums)
    {
        var at = Array.BinarySearch(sums, _random.NextDouble() * sums[^1]);
        return Math.Min(at < 0 ? ~at : at, sums.Length - 1);
    }

    // Three words of the cluster's forty among nine of all, one of its ten people besides anyone, and one of eight genres.
    private ContentText TextOf(int title)
    {
        var cluster = _clusterOf[title];
        var words = Enumerable.Range(0, 12).Select(at => at < 3 ? $"c{cluster}w{_random.Next(40)}" : $"word{_random.Next(2000)}");
        string[] people = [$"Person {cluster} {_random.Next(10)}", $"Person {_random.Next(Clusters)} {_random.Next(10)}"];
        return new($"Title {title}", string.Join(' ', words), [$"genre {cluster % 8}"], people, []);
    }

    private static double[] Cumulative(double[] shares)
    {
        for (var at = 1; at < shares.Length; at++) shares[at] += shares[at - 1];
        return shares;
    }
}
