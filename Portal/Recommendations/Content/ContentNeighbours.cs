using FlickStream.Portal.Recommendations.Algebra;

namespace FlickStream.Portal.Recommendations.Content;

/// <summary>
/// The titles that are most like each title, by the cosine of their content. What many titles have would be gone through for each of these, so that the
/// time would grow with their square: it only orders the titles that are most alike by all else.
/// </summary>
internal static class ContentNeighbours
{
    public const int PerTitle = 100;

    /// <summary>What more titles have is looked at last. With 100,000 titles all of it took ten times as long and more.</summary>
    public const int MostShared = 2000;

    // Of the titles that share what is rarer, those that are compared in full.
    private const int Compared = 4 * PerTitle;

    /// <param name="features">Rows of length 1, of no value below 0.</param>
    public static SparseRows Of(SparseRows features, int mostShared = MostShared)
    {
        var (byFeature, byTarget) = (features.Transposed(), new (int, float)[]?[features.Rows]);
        Parallel.For(0, features.Rows, () => new Finder(features, byFeature, mostShared), (title, _, finder) =>
        {
            byTarget[title] = finder.Of(title);
            return finder;
        }, _ => { });
        return SparseRows.OfColumns(byTarget, features.Rows);
    }

    // By one thread at a time.
    private sealed class Finder(SparseRows features, SparseRows byFeature, int mostShared)
    {
        private readonly float[] _sums = new float[features.Rows];
        private readonly int[] _touched = new int[features.Rows];
        private readonly float[] _values = new float[features.Rows];
        private readonly float[] _spare = new float[features.Rows];
        private readonly float[] _own = new float[features.Columns];
        private int _count;

        public (int, float)[] Of(int title)
        {
            if (!Add(title, mostShared)) return Strongest(PerTitle);
            var alike = _count >= Compared ? Strongest(Compared) : [];
            // Of many that are equally alike the strongest are none.
            if (alike.Length >= PerTitle) return InFull(title, alike);
            Clear();
            Add(title, int.MaxValue);
            return Strongest(PerTitle);
        }

        /// <returns>Whether the title has something that more have, which is left out.</returns>
        private bool Add(int title, int most)
        {
            var columns = features.ColumnsOf(title);
            var values = features.ValuesOf(title);
            var hasMore = false;
            for (var at = 0; at < columns.Length; at++)
            {
                var titles = byFeature.ColumnsOf(columns[at]);
                if (titles.Length > most) hasMore = true;
                else Add(titles, byFeature.ValuesOf(columns[at]), values[at], title);
            }

            return hasMore;
        }

        private void Add(ReadOnlySpan<int> titles, ReadOnlySpan<float> shares, float value, int title)
        {
            for (var at = 0; at < titles.Length; at++)
            {
                var share = value * shares[at];
                // So small that it is 0, or the title itself.
                if (share <= 0 || titles[at] == title) continue;
                ref var sum = ref _sums[titles[at]];
                if (sum == 0) _touched[_count++] = titles[at];
                sum += share;
            }
        }

        // Begins anew afterwards.
        private (int Title, float Likeness)[] Strongest(int most)
        {
            for (var at = 0; at < _count; at++) _values[at] = _sums[_touched[at]];
            var strongest = SparseRows.Strongest(_values.AsSpan(0, _count), most, _spare, _touched);
            Clear();
            return strongest;
        }

        private void Clear()
        {
            for (var at = 0; at < _count; at++) _sums[_touched[at]] = 0;
            _count = 0;
        }

        private (int, float)[] InFull(int title, (int Title, float Likeness)[] alike)
        {
            var columns = features.ColumnsOf(title);
            var values = features.ValuesOf(title);
            for (var at = 0; at < columns.Length; at++) _own[columns[at]] = values[at];
            for (var at = 0; at < alike.Length; at++) (_touched[at], _values[at]) = (alike[at].Title, features.Dot(alike[at].Title, _own));
            foreach (var column in columns) _own[column] = 0;
            return SparseRows.Strongest(_values.AsSpan(0, alike.Length), PerTitle, _spare, _touched);
        }
    }
}
