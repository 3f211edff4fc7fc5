namespace FlickStream.Portal.Recommendations.Measuring;

/// <summary>How good a list is of which some titles are relevant, each as much as another.</summary>
internal static class RankMeasures
{
    private static readonly double[] Discounts = [.. Enumerable.Range(0, 1024).Select(place => 1 / Math.Log2(place + 2))];

    /// <summary>The share of the relevant that are among the first <paramref name="most"/>.</summary>
    /// <param name="ofPossible">Among at most <paramref name="most"/> of the relevant, as fold-in results are published; else among all.</param>
    public static double Recall(ReadOnlySpan<int> list, ReadOnlySpan<int> relevant, int most, bool ofPossible = false)
    {
        var found = 0;
        foreach (var title in list[..Math.Min(most, list.Length)])
            if (relevant.Contains(title)) found++;
        return (double)found / (ofPossible ? Math.Min(most, relevant.Length) : relevant.Length);
    }

    /// <summary>Discounted by log2 of the place, beside the best order that there can be.</summary>
    public static double Ndcg(ReadOnlySpan<int> list, ReadOnlySpan<int> relevant, int most)
    {
        var (gain, best) = (0.0, 0.0);
        for (var place = 0; place < Math.Min(most, list.Length); place++)
            if (relevant.Contains(list[place])) gain += Discounts[place];
        for (var place = 0; place < Math.Min(most, relevant.Length); place++) best += Discounts[place];
        return gain / best;
    }

    public static double DiscountAt(int place) => Discounts[place];
}
