using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Content;

/// <summary>What the content of titles says of who watches them and of how many, learned from those that were watched.</summary>
internal static class LearnedContent
{
    // Of viewers: how many it takes for a title's own factors to count half.
    private const float Trust = 20;

    // Factors grow with viewers. A regression of sums cannot find products, so that this power of the viewers is taken out before.
    private const float FameOfFactors = 0.75f;

    // Of what is expected of a title's viewers. Between 0.25 and 0.5 made-up cold titles are found alike.
    private const float FameOfCold = 0.4f;

    /// <summary>Writes the factors of titles with fewer viewers than <see cref="TrainingOptions.ColdBelow"/>.</summary>
    /// <returns>Rows of length 1, by which titles are compared; those by TF-IDF where nothing was learned.</returns>
    public static SparseRows Of(ContentFeatures content, float[] factors, int[] viewers, TrainingOptions options)
    {
        var shares = Array.ConvertAll(viewers, count => count < options.ColdBelow ? 0 : count / (count + Trust));
        if (shares.Sum() == 0) return content.Rows;
        var (fame, width) = (Fame.Of(content, viewers, shares), options.Factors);
        var tastes = (float[])factors.Clone();
        for (var title = 0; title < shares.Length; title++)
            if (shares[title] > 0) Scale(tastes.AsSpan(title * width, width), -FameOfFactors * fame.Of(title));
        var weights = FeatureWeights.Of(content, tastes, shares, width);
        if (weights.All(weight => weight == 0)) return content.Rows;
        new ColdFactors(content.Weighted(weights, areWhole: false), shares, width).Fill(tastes);
        for (var title = 0; title < shares.Length; title++)
        {
            if (shares[title] > 0) continue;
            var cold = factors.AsSpan(title * width, width);
            tastes.AsSpan(title * width, width).CopyTo(cold);
            Scale(cold, FameOfCold * fame.Of(title));
        }

        return content.Weighted(weights, areWhole: true);
    }

    private static void Scale(Span<float> values, float logarithm) => TensorPrimitives.Multiply(values, MathF.Exp(logarithm), values);
}
