using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Ranking;

/// <summary>
/// Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): each place goes to the title that is best less what it repeats of those
/// before it. Relevance is the place in the given order, as scores of different lists do not compare.
/// </summary>
internal static class Diversity
{
    /// <summary>Costs about 1 % of NDCG@10.</summary>
    public const float Usual = 0.3f;

    /// <param name="ranked">The best first.</param>
    /// <param name="share">0: as ranked; towards 1: only unlike titles.</param>
    public static int[] Spread(FactorModel factors, ReadOnlySpan<int> ranked, int most, float share = Usual)
    {
        var (left, chosen) = (ranked.ToArray(), new List<int>(most));
        var (relevance, likeness) = (new float[left.Length], new float[left.Length]);
        for (var place = 0; place < left.Length; place++) relevance[place] = 1 / MathF.Log2(place + 2);
        while (chosen.Count < Math.Min(most, left.Length))
        {
            var (best, at) = (float.NegativeInfinity, -1);
            for (var place = 0; place < left.Length; place++)
            {
                if (left[place] < 0) continue;
                var worth = ((1 - share) * relevance[place]) - (share * likeness[place] * relevance[Math.Min(chosen.Count, relevance.Length - 1)]);
                if (worth > best) (best, at) = (worth, place);
            }

            chosen.Add(left[at]);
            left[at] = -1;
            for (var place = 0; place < left.Length; place++)
                if (left[place] >= 0) likeness[place] = Math.Max(likeness[place], factors.Likeness(left[place], chosen[^1]));
        }

        return [.. chosen];
    }
}
