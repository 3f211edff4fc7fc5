namespace FlickStream.Portal.Recommendations.Algebra;

/// <summary>The greatest of many without sorting all.</summary>
internal static class Selection
{
    /// <summary>The <paramref name="rank"/>-th greatest value, 0 for the greatest. Leaves <paramref name="values"/> in another order.</summary>
    public static float Greatest(Span<float> values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var pivot = Middle(values[low], values[(low + high) / 2], values[high]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] > pivot) left++;
                while (values[right] < pivot) right--;
                if (left > right) break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }

            if (rank <= right) high = right;
            else if (rank >= left) low = left;
            else return values[rank];
        }

        return values[rank];
    }

    /// <summary>Indexes of the greatest scores, the greatest first; of equals the lower index. Those of -∞ are left out.</summary>
    /// <param name="spare">As long as <paramref name="scores"/>.</param>
    public static int[] Top(ReadOnlySpan<float> scores, int most, Span<float> spare)
    {
        if (most <= 0) return [];
        var threshold = float.NegativeInfinity;
        if (scores.Length > most)
        {
            scores.CopyTo(spare);
            threshold = Greatest(spare[..scores.Length], most - 1);
        }

        var (kept, equal) = (new List<int>(most), new List<int>());
        for (var at = 0; at < scores.Length; at++)
            if (scores[at] > threshold) kept.Add(at);
            else if (scores[at] == threshold && equal.Count < most && !float.IsNegativeInfinity(threshold)) equal.Add(at);
        kept.AddRange(equal.Take(most - kept.Count));
        var keys = new (float Score, int At)[kept.Count];
        for (var at = 0; at < keys.Length; at++) keys[at] = (-scores[kept[at]], kept[at]);
        Array.Sort(keys);
        return Array.ConvertAll(keys, key => key.At);
    }

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
