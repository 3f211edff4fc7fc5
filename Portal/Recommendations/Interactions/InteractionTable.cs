using System.Diagnostics;

namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>Who watched what, as compressed sparse rows: a row a viewer, in watch order. 9 bytes an interaction, 8 a viewer.</summary>
internal sealed class InteractionTable
{
    private readonly int[] _starts;
    private readonly int[] _titles;
    private readonly float[] _weights;
    private readonly Moment[] _moments;
    private readonly IReadOnlyList<int>? _newest;

    private InteractionTable(int titles, int[] starts, int[] columns, float[] weights, Moment[] moments, IReadOnlyList<int>? newest) =>
        (Titles, _starts, _titles, _weights, _moments, _newest) = (titles, starts, columns, weights, moments, newest);

    public int Viewers => _starts.Length - 1;

    public int Titles { get; }

    public int Count => _titles.Length;

    /// <param name="titles">Number of titles; all indexes are below.</param>
    /// <param name="newest">Of each row, the place of what was chosen last; without, the last.</param>
    public static InteractionTable Of(int titles, IReadOnlyList<History> rows, IReadOnlyList<Moment[]>? moments = null, IReadOnlyList<int>? newest = null)
    {
        var starts = new int[rows.Count + 1];
        for (var row = 0; row < rows.Count; row++) starts[row + 1] = checked(starts[row] + rows[row].Length);
        var table = new InteractionTable(titles, starts, new int[starts[^1]], new float[starts[^1]], new Moment[starts[^1]], newest);
        for (var row = 0; row < rows.Count; row++)
        {
            rows[row].Titles.CopyTo(table._titles.AsMemory(starts[row]));
            rows[row].Weights.CopyTo(table._weights.AsMemory(starts[row]));
            moments?[row].CopyTo(table._moments.AsMemory(starts[row]));
        }

        return table;
    }

    public History Of(int viewer)
    {
        var (start, length) = (_starts[viewer], _starts[viewer + 1] - _starts[viewer]);
        return new(_titles.AsMemory(start, length), _weights.AsMemory(start, length));
    }

    public ReadOnlySpan<int> TitlesOf(int viewer) => _titles.AsSpan(_starts[viewer].._starts[viewer + 1]);

    public ReadOnlySpan<float> WeightsOf(int viewer) => _weights.AsSpan(_starts[viewer].._starts[viewer + 1]);

    /// <summary>The place in its row of what a viewer of at least one title chose last.</summary>
    public int NewestOf(int viewer) => _newest?[viewer] ?? TitlesOf(viewer).Length - 1;

    /// <summary>In which circumstances each was watched.</summary>
    public ReadOnlySpan<Moment> MomentsOf(int viewer) => _moments.AsSpan(_starts[viewer].._starts[viewer + 1]);

    /// <summary>A row a title, of the viewers who watched it.</summary>
    public InteractionTable ByTitle()
    {
        var starts = new int[Titles + 1];
        foreach (var title in _titles) starts[title + 1]++;
        for (var title = 0; title < Titles; title++) starts[title + 1] += starts[title];
        var table = new InteractionTable(Viewers, starts, new int[Count], new float[Count], new Moment[Count], null);
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
}
