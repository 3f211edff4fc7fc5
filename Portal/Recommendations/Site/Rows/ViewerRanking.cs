using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>The best titles of a model for one viewer, and why.</summary>
internal sealed class ViewerRanking
{
    private readonly RecommendationModel _model;
    private readonly RankedReasons _reasons;
    private readonly float[] _viewer;

    private ViewerRanking(RecommendationModel model, History history, int[] places, RankedReasons reasons) =>
        (_model, Places, _reasons, _viewer) = (model, places, reasons, model.Stages.Factors.Viewer(history.Last(StageSet.LongestHistory)));

    /// <summary>The best first.</summary>
    public int[] Places { get; }

    public static ViewerRanking Of(TitleModel titled, RowOrder order, History history, Moment moment, Func<int, bool> isAllowed)
    {
        var (scores, model) = (titled.Take(), titled.Model.In(order));
        var (places, given) = model.Ranked(history, moment, scores, isAllowed);
        titled.GiveBack(scores);
        return new(model, history, places, new(model, history, moment, places, given));
    }

    public int[] Spread(int most) => Diversity.Spread(_model.Stages.Factors, Places, most);

    public int? BecauseOf(int place) => _reasons.Of(place);

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
