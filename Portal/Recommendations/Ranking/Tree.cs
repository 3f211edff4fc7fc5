namespace FlickStream.Portal.Recommendations.Ranking;

/// <summary>One decision tree. A child below 0 is the leaf ~child.</summary>
internal sealed record Tree(int[] Features, float[] Thresholds, int[] Lower, int[] Upper, double[] Leaves)
{
    /// <summary>Whether each way through it comes to a leaf: children come after their parents, features are of a row, and leaves are numbers.</summary>
    /// <param name="features">Of a row.</param>
    public bool IsOf(int features)
    {
        bool IsChild(int child, int parent) => child < 0 ? ~child < Leaves.Length : child > parent && child < Features.Length;
        if (Features.Length != Thresholds.Length || Features.Length != Lower.Length || Features.Length != Upper.Length || Leaves.Length != Features.Length + 1) return false;
        for (var at = 0; at < Features.Length; at++)
            if ((uint)Features[at] >= (uint)features || !IsChild(Lower[at], at) || !IsChild(Upper[at], at)) return false;
        return Leaves.All(double.IsFinite);
    }

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
