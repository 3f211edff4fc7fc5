using FlickStream.Portal.Recommendations.Algebra;

namespace FlickStream.Portal.Recommendations.Content;

/// <summary>The titles that are most like each title, by the cosine of their content.</summary>
internal static class ContentNeighbours
{
    public const int PerTitle = 100;

    /// <param name="features">Rows of length 1.</param>
    public static SparseRows Of(SparseRows features)
    {
        var (byFeature, byTarget) = (features.Transposed(), new (int, float)[]?[features.Rows]);
        Parallel.For(0, features.Rows, () => (Sums: new float[features.Rows], Spare: new float[features.Rows]), (title, _, spare) =>
        {
            spare.Sums.AsSpan().Clear();
            var columns = features.ColumnsOf(title);
            var values = features.ValuesOf(title);
            for (var at = 0; at < columns.Length; at++) byFeature.AddTo(spare.Sums, columns[at], values[at]);
            spare.Sums[title] = 0;
            byTarget[title] = SparseRows.Strongest(spare.Sums, PerTitle, spare.Spare);
            return spare;
        }, _ => { });
        return SparseRows.OfColumns(byTarget, features.Rows);
    }
}
