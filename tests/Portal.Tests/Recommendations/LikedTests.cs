using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Site.Rows;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Tests.Recommendations;

/// <summary>What a viewer would like of titles that are new.</summary>
[Collection(TrainedOnPlanted.Collection)]
public sealed class LikedTests(TrainedOnPlanted planted)
{
    [Fact]
    public void What_is_new_begins_with_what_is_liked_most_and_is_spread()
    {
        var factors = planted.Model.Stages.Factors;
        var titled = new TitleModel([.. Enumerable.Range(0, planted.Data.Titles).Select(title => $"{title}")], planted.Model);
        var (alike, spread) = (0.0, 0.0);
        foreach (var test in planted.Tests[..100])
        {
            var viewer = factors.Viewer(test.Known.Last(StageSet.LongestHistory));
            var places = Enumerable.Range(0, planted.Data.Titles).Where(title => title % 2 == 0).ToList();
            int[] liked = [.. places.OrderByDescending(title => factors.Dot(title, viewer)).Take(20)];
            var shown = ViewerRanking.Of(titled, RowOrder.Ranked, test.Known, new(new(0, 0)), _ => true).Liked(places, 20);
            Assert.Equal((liked[0], 20), (shown[0], shown.Distinct().Count()));
            alike += LikenessOf(factors, liked);
            spread += LikenessOf(factors, shown);
        }

        Assert.True(spread < 0.95 * alike, $"likeness {spread / 100}, {alike / 100} as liked");
    }

    private static double LikenessOf(FactorModel factors, int[] titles) =>
        Enumerable.Range(1, 9).SelectMany(at => titles[..at].Select(other => (double)factors.Likeness(titles[at], other))).Average();
}
