using FlickStream.Portal.Recommendations;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Ranking;
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

    public static readonly Way Ranked = new("ranked", (model, test, scores) => model.Rank(test.Known, test.Moment, scores));

    public static readonly Way[] All =
    [
        Popularity, Content, Alone(Stage.Items, "items"), Alone(Stage.LatestItems, "items, latest first"), Alone(Stage.Next, "next"), Factors, Blend, Ranked,
        new("ranked, spread", (model, test, scores) => Diversity.Spread(model.Stages.Factors, model.Rank(test.Known, test.Moment, scores), Depth)),
    ];

    private static Way Alone(Stage stage, string name) => new(name, (model, test, scores) =>
    {
        model.Stages.Score(test.Known, scores);
        var values = scores.Of(stage);
        foreach (var title in test.Known.Titles.Span) values[title] = float.NegativeInfinity;
        return Selection.Top(values, Depth);
    });
}
