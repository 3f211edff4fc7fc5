using System.Globalization;
using System.Runtime.InteropServices;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>How many rows of a set have each value. Pure.</summary>
internal static class CatalogCounts
{
    // Below it, looking at each row is cheaper than at all rows that have a value.
    private const int ShareOfFew = 16;

    /// <summary>Most first.</summary>
    public static IReadOnlyList<FacetCount> ByValue(CatalogSnapshot snapshot, ulong[] among, Facet facet)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        if (AreFew(among, snapshot))
        {
            foreach (var row in among.Rows())
                foreach (var value in snapshot[row]!.ValuesOf(facet)) CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
        }
        else
        {
            foreach (var (value, rows) in snapshot.ValuesOf(facet)) counts[value] = CountOf(rows, among);
        }

        return
        [
            .. counts.Where(count => count.Value > 0).Select(count => new FacetCount(count.Key, count.Value))
                .OrderByDescending(count => count.Count).ThenBy(count => count.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>By number, ascending.</summary>
    /// <param name="among">The set.</param>
    /// <param name="numberOf">Of a row; below 0 for none.</param>
    /// <param name="step">How many numbers are counted as one, which is the first of them.</param>
    public static IReadOnlyList<FacetCount> ByNumber(ulong[] among, Func<int, int> numberOf, int step)
    {
        var counts = new List<int>();
        foreach (var row in among.Rows())
        {
            if (numberOf(row) is not (>= 0 and var number)) continue;
            if (number / step >= counts.Count) CollectionsMarshal.SetCount(counts, 1 + (number / step));
            CollectionsMarshal.AsSpan(counts)[number / step]++;
        }

        return [.. counts.Index().Where(count => count.Item > 0).Select(count => new FacetCount((count.Index * step).ToString(CultureInfo.InvariantCulture), count.Item))];
    }

    private static bool AreFew(ulong[] set, CatalogSnapshot snapshot) => set.Size() < snapshot.Rows / ShareOfFew;

    private static int CountOf(int[] rows, ulong[] among)
    {
        var count = 0;
        foreach (var row in rows) count += among.Has(row) ? 1 : 0;
        return count;
    }
}
