using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations;

/// <summary>All that a request needs. Nothing in it changes.</summary>
/// <param name="Ranker">Null: the blend's order holds.</param>
internal sealed record RecommendationModel(StageSet Stages, Blend Blend, Ranker? Ranker)
{
    /// <summary>How many of the blend's best the ranker orders anew.</summary>
    public const int Candidates = 100;

    /// <summary>The best titles for a viewer, the best first, without those that were seen.</summary>
    /// <param name="scores">Of this model's size; afterwards it has the scores of this request.</param>
    /// <param name="isAllowed">What the viewer may be shown; null for all.</param>
    public int[] Rank(History history, Occasion occasion, StageScores scores, Func<int, bool>? isAllowed = null) => Ranked(history, occasion, scores, isAllowed).Titles;

    /// <summary>The same, with what the ranker gives each; null where the blend's order holds.</summary>
    public (int[] Titles, float[]? Given) Ranked(History history, Occasion occasion, StageScores scores, Func<int, bool>? isAllowed = null)
    {
        var candidates = Blended(history, scores, Candidates, isAllowed);
        if (RankerScores(history, occasion, scores, candidates) is not { } given) return (candidates, null);
        var keys = Array.ConvertAll(given, score => -score);
        Array.Sort(keys, candidates);
        return (candidates, Array.ConvertAll(keys, key => -key));
    }

    /// <summary>What the ranker gives each candidate; null where the blend's order holds, as for who has seen nothing.</summary>
    /// <param name="scores">Of <see cref="Blended"/> for this history.</param>
    /// <param name="candidates">The blend's best first.</param>
    public float[]? RankerScores(History history, Occasion occasion, StageScores scores, int[] candidates)
    {
        if (Ranker is null || history.Seen.IsEmpty) return null;
        var rows = RankerFeatures.Of(Stages, scores, history.Last(StageSet.LongestHistory), occasion, candidates);
        var given = new float[candidates.Length];
        for (var at = 0; at < given.Length; at++) given[at] = Ranker.Of(rows.AsSpan(at * RankerFeatures.Count, RankerFeatures.Count));
        return given;
    }

    /// <summary>The same by the blend alone.</summary>
    public int[] Blended(History history, StageScores scores, int most, Func<int, bool>? isAllowed = null)
    {
        Stages.Score(history, scores);
        Blend.Combine(scores, history.Amount);
        history.Hide(scores.Total);
        if (isAllowed is null) return Selection.Top(scores.Total, most);

        // Most titles are never asked about, as asking costs more than scoring.
        for (var depth = 2 * most; ; depth *= 8)
        {
            var best = Selection.Top(scores.Total, depth);
            var allowed = best.Where(isAllowed).Take(most).ToArray();
            if (allowed.Length == most || best.Length < depth) return allowed;
        }
    }
}
