using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations;

/// <summary>
/// Because of which watched title others are shown to one viewer: one without which both the blend and, where it orders, the ranker would give them less.
/// What the ranker gives depends on all candidates, so each is reckoned anew without it. For one request, and one thread at a time.
/// </summary>
/// <param name="candidates">All that were ranked.</param>
/// <param name="given">What the ranker gives each of them; null where the blend's order holds.</param>
internal sealed class RankedReasons(RecommendationModel model, History history, Occasion occasion, int[] candidates, float[]? given)
{
    private readonly Reasons _reasons = new(model, history, candidates);
    private readonly Dictionary<int, RankerFeatures?> _without = [];

    /// <summary>Of those the one without which the blend would give it least; null where there is none.</summary>
    public int? Of(int title)
    {
        Span<(int Place, float Fall)> falls = stackalloc (int, float)[Reasons.Tried];
        foreach (var (place, _) in falls[.._reasons.Falls(title, falls)])
            if (Holds(title, place)) return _reasons.TitleAt(place);
        return null;
    }

    /// <summary>What the blend alone would name, which costs a fraction of it; to be asked about with <see cref="Holds(int, int)"/>.</summary>
    public int? LikeliestPlaceOf(int title)
    {
        Span<(int Place, float Fall)> falls = stackalloc (int, float)[Reasons.Tried];
        return _reasons.Falls(title, falls) > 0 ? falls[0].Place : null;
    }

    /// <summary>Whether the ranker, where it orders, gives a title less without the one at a place.</summary>
    public bool Holds(int title, int place)
    {
        if (given is null) return true;
        // Without the only one the blend's order holds.
        if (FeaturesWithout(place) is not { } features) return true;
        var at = Array.IndexOf(candidates, title);
        Span<float> row = stackalloc float[RankerFeatures.Count];
        features.Write(at, features.PlaceOf(at), row);
        return model.Ranker!.Of(row) < given[at];
    }

    public int TitleAt(int place) => _reasons.TitleAt(place);

    private RankerFeatures? FeaturesWithout(int place)
    {
        if (_without.TryGetValue(place, out var known)) return known;
        var left = history.Without(_reasons.TitleAt(place));
        if (left.Seen.IsEmpty) return _without[place] = null;
        var scores = new float[candidates.Length * RankerFeatures.Scores];
        for (var at = 0; at < candidates.Length; at++)
            _reasons.WriteWithout(place, candidates[at], scores.AsSpan(at * RankerFeatures.Scores, RankerFeatures.Scores));
        return _without[place] = new(model.Stages, left.Last(StageSet.LongestHistory), occasion, candidates, scores);
    }
}
