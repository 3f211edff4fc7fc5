namespace FlickStream.Portal.Recommendations.Content;

/// <summary>
/// How many watch each title, as the logarithm of their number less its mean: of titles that hardly anybody watched yet what those say that share its
/// people, studio, franchise or words. The numbers of others are as they are.
/// </summary>
internal sealed class Fame
{
    // As many numbers a title as sums of products want, of which the first is used.
    private const int Width = 8;

    private readonly float[] _values;
    private readonly float _mean;

    private Fame(float[] values, float mean) => (_values, _mean) = (values, mean);

    /// <param name="shares">How far the viewers of each title are to be trusted, 0 for not at all; not all of them are.</param>
    public static Fame Of(ContentFeatures content, int[] viewers, float[] shares)
    {
        var values = new float[viewers.Length * Width];
        for (var title = 0; title < viewers.Length; title++)
            if (shares[title] > 0) values[title * Width] = MathF.Log(viewers[title]);
        var (weights, mean) = (FeatureWeights.Of(content, values, shares, Width), FeatureWeights.Mean(values, shares, Width)[0]);
        new ColdFactors(content.Weighted(weights, areWhole: false), shares, Width).Fill(values);
        return new(values, mean);
    }

    public float Of(int title) => _values[title * Width] - _mean;
}
