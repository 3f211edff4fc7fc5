using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Content;

/// <summary>What the content of titles says of who watches them, learned from those that were watched.</summary>
internal static class LearnedContent
{
    // Of viewers: how many it takes for a title's own factors to count half.
    private const float Trust = 20;

    /// <summary>Writes the factors of titles with fewer viewers than <see cref="TrainingOptions.ColdBelow"/>.</summary>
    /// <returns>Rows of length 1, by which titles are compared; those by TF-IDF where nothing was learned.</returns>
    public static SparseRows Of(ContentFeatures content, float[] factors, int[] viewers, TrainingOptions options)
    {
        var shares = Array.ConvertAll(viewers, count => count < options.ColdBelow ? 0 : count / (count + Trust));
        if (shares.Sum() == 0) return content.Rows;
        var weights = FeatureWeights.Of(content, factors, shares, options.Factors);
        if (weights.All(weight => weight == 0)) return content.Rows;
        new ColdFactors(content.Weighted(weights, areWhole: false), shares, options.Factors).Fill(factors);
        return content.Weighted(weights, areWhole: true);
    }
}
