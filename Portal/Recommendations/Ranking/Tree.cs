namespace FlickStream.Portal.Recommendations.Ranking;

/// <summary>One decision tree. A child below 0 is the leaf ~child.</summary>
internal sealed record Tree(int[] Features, float[] Thresholds, int[] Lower, int[] Upper, double[] Leaves)
{
    public double Of(ReadOnlySpan<float> row)
    {
        if (Features.Length == 0) return Leaves[0];
        var at = 0;
        while (at >= 0) at = row[Features[at]] <= Thresholds[at] ? Lower[at] : Upper[at];
        return Leaves[~at];
    }
}

/// <summary>Trees whose sum orders candidates. Read without the library that trained them, in microseconds and from any thread.</summary>
internal sealed record Ranker(Tree[] Trees)
{
    public float Of(ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        foreach (var tree in Trees) sum += tree.Of(row);
        return (float)sum;
    }
}
