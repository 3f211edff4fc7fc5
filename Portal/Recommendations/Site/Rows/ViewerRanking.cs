using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>The best titles of a model for one viewer, and why.</summary>
internal sealed class ViewerRanking
{
    private readonly RecommendationModel _model;
    private readonly StatedTaste? _stated;
    private readonly RankedReasons _reasons;
    private readonly float[] _viewer;

    // Of the blend, one a place.
    private readonly float[] _scores;

    private ViewerRanking(RecommendationModel model, History history, int[] places, float[] scores, RankedReasons reasons)
    {
        (_model, _stated, Places, _scores, _reasons) = (model, history.Stated, places, scores, reasons);
        _viewer = model.Stages.Factors.Viewer(history.Last(StageSet.LongestHistory));
    }

    /// <summary>The best first.</summary>
    public int[] Places { get; }

    public static ViewerRanking Of(TitleModel titled, RowOrder order, History history, Occasion occasion, Func<int, bool> isAllowed)
    {
        var (scores, model) = (titled.Take(), titled.Model.In(order));
        var (places, given) = model.Ranked(history, occasion, scores, isAllowed);
        var blended = Array.ConvertAll(places, place => scores.Total[place]);
        titled.GiveBack(scores);
        return new(model, history, places, blended, new(model, history, occasion, places, given));
    }

    public int[] Spread(int most) => Diversity.Spread(_model.Stages.Factors, Places, most);

    public int? BecauseOf(int place) => _reasons.Of(place);

    /// <summary>Whether the blend gives it more for what is known of the viewer than it would give it without: popularity counts less then.</summary>
    public bool IsOfTaste(int place) =>
        _scores[Array.IndexOf(Places, place)] > _model.Blend.WeightOf(Stage.Popularity, 0) * _model.Stages.PopularityFor(place, _stated, 0);

    public bool IsPopular(int place) => _model.Stages.Popularity[place] > 0;

    /// <summary>Titles of these that a title of the history speaks for, of each that speaks for some; looked at only as far as they are read.</summary>
    public IEnumerable<(int Reason, IEnumerable<int> Places)> ByReason(IEnumerable<int> places, int least) =>
        places.GroupBy(_reasons.LikeliestPlaceOf).Where(group => group.Key is not null && group.Count() >= least)
            .Select(group => (_reasons.TitleAt(group.Key!.Value), group.Where(place => _reasons.Holds(place, group.Key.Value))));

    /// <summary>Of these, the first of equals first, those that the viewer would like most, spread: by factors alone, which new titles have of their content.</summary>
    public int[] Liked(IEnumerable<int> places, int most)
    {
        var factors = _model.Stages.Factors;
        return Diversity.Spread(
            factors, [.. places.OrderByDescending(place => factors.Dot(place, _viewer)).Take(RecommendationModel.Candidates)], most);
    }
}
