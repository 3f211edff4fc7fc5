using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Site.Rows;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Recommend.Bench;

/// <summary>A way to order all titles that a viewer has not seen.</summary>
internal sealed record Way(string Name, Func<RecommendationModel, Case, StageScores, int[]> Order)
{
    private const int Depth = RecommendationModel.Candidates;

    public static readonly Way Popularity = Alone(Stage.Popularity, "popularity");

    public static readonly Way Content = Alone(Stage.Content, "content neighbours");

    public static readonly Way Factors = Alone(Stage.Factors, "factors");

    public static readonly Way Blend = new("blend", (model, test, scores) => model.Blended(test.Known, scores, Depth));

    public static readonly Way Ranked = new("ranked", (model, test, scores) => model.Rank(test.Known, test.Occasion, scores));

    public static readonly Way[] All =
    [
        Popularity, Content, Alone(Stage.Items, "items"), Alone(Stage.LatestItems, "items, latest first"), Alone(Stage.Next, "next"), Factors, Blend, Ranked,
        new("ranked, spread", (model, test, scores) => Diversity.Spread(model.Stages.Factors, model.Rank(test.Known, test.Occasion, scores), Depth)),
    ];

    /// <summary>Rows that one title in so many may be in, or those that one title speaks for, as they are and spread: a title that is in none counts as not found.</summary>
    public static readonly Way[] Rows =
    [
        Because("because you watched", isSpread: false), Because("the same, spread", isSpread: true), New("new for you, as liked", isSpread: false),
        New("the same, spread", isSpread: true),
    ];

    // Of the title that was watched last.
    private static Way Because(string name, bool isSpread) => new(name, (model, test, scores) =>
    {
        var (ranked, given) = model.Ranked(test.Known, test.Occasion, scores);
        var reasons = new RankedReasons(model, test.Known, test.Occasion, ranked, given);
        var rest = ranked.Except(Diversity.Spread(model.Stages.Factors, ranked, RowPage.RowLength));
        foreach (var group in rest.GroupBy(reasons.LikeliestPlaceOf).Where(group => group.Key is not null).OrderByDescending(group => group.Key))
        {
            int[] row = [.. group.Where(title => reasons.Holds(title, group.Key!.Value))];
            if (row.Length < RowPage.ShortestRow) continue;
            return isSpread ? Diversity.Spread(model.Stages.Factors, row, RowPage.RowLength) : row[..Math.Min(row.Length, RowPage.RowLength)];
        }

        return [];
    });

    private static Way New(string name, bool isSpread) => new(name, (model, test, _) =>
    {
        const int OneIn = 10;
        var (factors, viewer) = (model.Stages.Factors, model.Stages.Factors.Viewer(test.Known.Last(StageSet.LongestHistory)));
        int[] gone = [.. test.Known.Titles.Span, .. test.Known.Past.Span];
        var liked = Enumerable.Range(0, model.Stages.Titles).Where(title => title % OneIn == 0 && !gone.Contains(title))
            .OrderByDescending(title => factors.Dot(title, viewer)).Take(isSpread ? Depth : RowPage.RowLength).ToArray();
        return isSpread ? Diversity.Spread(factors, liked, RowPage.RowLength) : liked;
    });

    private static Way Alone(Stage stage, string name) => new(name, (model, test, scores) =>
    {
        model.Stages.Score(test.Known, scores);
        var values = scores.Of(stage);
        test.Known.Hide(values);
        return Selection.Top(values, Depth);
    });
}
