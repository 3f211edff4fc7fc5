using System.Diagnostics;

namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>Who watched what, as compressed sparse rows: a row a viewer, in watch order. 9 bytes an interaction, 13 where it is known when, 12 a viewer.</summary>
internal sealed class InteractionTable
{
    private readonly int[] _starts;
    private readonly int[] _wished;
    private readonly int[] _titles;
    private readonly float[] _weights;
    private readonly Moment[] _moments;
    private readonly IReadOnlyList<int>? _newest;
    private readonly Dating? _dating;
    private readonly float[] _ages;

    private InteractionTable(int titles, int[] starts, IReadOnlyList<int>? newest, Dating? dating)
    {
        (Titles, _starts, _wished, _newest, _dating) = (titles, starts, new int[starts.Length - 1], newest, dating is null ? null : dating with { Ages = [] });
        (_titles, _weights, _moments) = (new int[starts[^1]], new float[starts[^1]], new Moment[starts[^1]]);
        _ages = dating is null ? [] : new float[starts[^1]];
    }

    public int Viewers => _starts.Length - 1;

    public int Titles { get; }

    public int Count => _titles.Length;

    /// <summary>Those of <see cref="Count"/> that were watched, and not only wished for.</summary>
    public int SeenCount => Count - _wished.Sum();

    /// <summary>Whether it is known how long ago each was watched.</summary>
    public bool IsDated => _dating is not null;

    /// <param name="titles">Number of titles; all indexes are below.</param>
    /// <param name="newest">Of each row, the place of what was chosen last; without, the last.</param>
    /// <param name="dating">Null where no times are known.</param>
    public static InteractionTable Of(
        int titles, IReadOnlyList<History> rows, IReadOnlyList<Moment[]>? moments = null, IReadOnlyList<int>? newest = null, Dating? dating = null)
    {
        var starts = new int[rows.Count + 1];
        for (var row = 0; row < rows.Count; row++) starts[row + 1] = checked(starts[row] + rows[row].Length);
        var table = new InteractionTable(titles, starts, newest, dating);
        for (var row = 0; row < rows.Count; row++)
        {
            table._wished[row] = rows[row].Wished;
            rows[row].Titles.CopyTo(table._titles.AsMemory(starts[row]));
            rows[row].Weights.CopyTo(table._weights.AsMemory(starts[row]));
            moments?[row].CopyTo(table._moments.AsMemory(starts[row]));
            dating?.Ages[row].CopyTo(table._ages.AsMemory(starts[row]));
        }

        return table;
    }

    public History Of(int viewer)
    {
        var (start, length) = (_starts[viewer], _starts[viewer + 1] - _starts[viewer]);
        return new(_titles.AsMemory(start, length), _weights.AsMemory(start, length)) { Wished = _wished[viewer] };
    }

    /// <summary>How many of a viewer's titles come first because they are only wished for.</summary>
    public int WishedOf(int viewer) => _wished[viewer];

    public ReadOnlySpan<int> TitlesOf(int viewer) => _titles.AsSpan(_starts[viewer].._starts[viewer + 1]);

    public ReadOnlySpan<float> WeightsOf(int viewer) => _weights.AsSpan(_starts[viewer].._starts[viewer + 1]);

    /// <summary>The place in its row of what a viewer of at least one title chose last.</summary>
    public int NewestOf(int viewer) => _newest?[viewer] ?? TitlesOf(viewer).Length - 1;

    /// <summary>In which circumstances each was watched.</summary>
    public ReadOnlySpan<Moment> MomentsOf(int viewer) => _moments.AsSpan(_starts[viewer].._starts[viewer + 1]);

    /// <summary>Since when titles are watched; null where no times are known.</summary>
    public FirstWatched? First => _dating?.First;

    /// <summary>How many days before the latest of all each was watched; empty where no times are known.</summary>
    public ReadOnlySpan<float> AgesOf(int viewer) => _dating is null ? [] : _ages.AsSpan(_starts[viewer].._starts[viewer + 1]);

    /// <summary>Likewise when what a viewer chose last was begun. Only where times are known.</summary>
    public float ChosenAgeOf(int viewer) => _dating!.ChosenAges[viewer];

    /// <summary>The same times, of rows that lack some; null where none are known.</summary>
    public Dating? DatingOf(IReadOnlyList<float[]> ages) => _dating is null ? null : _dating with { Ages = ages };

    /// <summary>A row a title, of the viewers who watched it.</summary>
    public InteractionTable ByTitle()
    {
        var starts = new int[Titles + 1];
        foreach (var title in _titles) starts[title + 1]++;
        for (var title = 0; title < Titles; title++) starts[title + 1] += starts[title];
        var table = new InteractionTable(Viewers, starts, null, null);
        var next = starts.AsSpan(0, Titles).ToArray();
        for (var viewer = 0; viewer < Viewers; viewer++)
            for (var at = _starts[viewer]; at < _starts[viewer + 1]; at++)
            {
                var to = next[_titles[at]]++;
                (table._titles[to], table._weights[to], table._moments[to]) = (viewer, _weights[at], _moments[at]);
            }

        Debug.Assert(next.AsSpan().SequenceEqual(starts.AsSpan(1)), "Every cell is filled.");
        return table;
    }

    /// <summary>Number of viewers of each title, each counted as far as it watched it.</summary>
    public int[] Counts()
    {
        var sums = new double[Titles];
        for (var at = 0; at < _titles.Length; at++) sums[_titles[at]] += Math.Min(1, _weights[at]);
        return Array.ConvertAll(sums, sum => (int)Math.Round(sum));
    }

    /// <summary>Of each title the share of the most popular one: of its viewers, each counted as far as it watched it, and the less the longer ago that was.</summary>
    public float[] Popularity()
    {
        if (_dating is null) return PopularityOf(Counts());
        var sums = new double[Titles];
        for (var at = 0; at < _titles.Length; at++) sums[_titles[at]] += Math.Min(1, _weights[at]) * Math.Pow(2, -_ages[at] / _dating.HalfLife);
        return SharesOfMost(sums);
    }

    /// <summary>The same where nothing but the number of viewers is known.</summary>
    public static float[] PopularityOf(int[] viewers) => SharesOfMost(Array.ConvertAll(viewers, count => (double)count));

    private static float[] SharesOfMost(double[] sums)
    {
        var most = sums.DefaultIfEmpty().Max();
        return Array.ConvertAll(sums, sum => most > 0 ? (float)(sum / most) : 0);
    }
}
