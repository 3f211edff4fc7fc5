using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Site.Rows;

/// <summary>The best titles of a model for one viewer, and why.</summary>
internal sealed class ViewerRanking
{
    private readonly TitleModel _titled;
    private readonly Reasons _reasons;
    private readonly float[] _viewer;

    private ViewerRanking(TitleModel titled, History history, int[] places) =>
        (_titled, Places, _reasons, _viewer) =
            (titled, places, new(titled.Model, history), titled.Model.Stages.Factors.Viewer(history.Last(StageSet.LongestHistory)));

    /// <summary>The best first.</summary>
    public int[] Places { get; }

    public static ViewerRanking Of(TitleModel titled, History history, Moment moment, Func<int, bool> isAllowed)
    {
        var scores = titled.Take();
        var ranking = new ViewerRanking(titled, history, titled.Model.Rank(history, moment, scores, isAllowed));
        titled.GiveBack(scores);
        return ranking;
    }

    public int[] Spread(int most) => Diversity.Spread(_titled.Model.Stages.Factors, Places, most);

    public int? BecauseOf(int place) => _reasons.Of(place)?.Title;

    /// <summary>By factors alone, which new titles have of their content; null of one that the model does not know.</summary>
    public Func<string, float?> Likings() => id => _titled.PlaceOf(id) is { } place ? _titled.Model.Stages.Factors.Dot(place, _viewer) : null;
}
