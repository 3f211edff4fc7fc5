using System.Text.Json.Serialization;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>NDCG@10 over all unseen titles, of viewers of whom only the latest titles are known: so many that the model is least above popularity.</summary>
/// <param name="Titles">How many.</param>
/// <param name="Best">By the ranker, or by the blend where the model has none.</param>
/// <param name="Error">The standard error of <paramref name="Best"/> less <paramref name="Popular"/>.</param>
internal sealed record NewcomerJudgement(int Titles, double Popular, double Best, double Error)
{
    // Who has watched nothing gets what is popular from the blend.
    private static readonly int[] Known = [1, 3, 5, 10];

    /// <summary>How far it is above popularity at most, but for chance. Of the four lengths the worst is looked at, so that this is below 0 for up to 1 in 10
    /// models that are no better than popularity, which are no loss.</summary>
    [JsonIgnore]
    public double MostGain => Best - Popular + (Judgement.Confidence * Error);

    public static NewcomerJudgement Of(RecommendationModel model, Case[] cases) => Known.Select(known => Of(model, cases, known)).MinBy(judged => judged.MostGain)!;

    private static NewcomerJudgement Of(RecommendationModel model, Case[] cases, int known)
    {
        var (popular, best, popularity) = (new double[cases.Length], new double[cases.Length], model.In(RowOrder.Popularity));
        Parallel.For(0, cases.Length, () => new StageScores(model.Stages.Titles), (at, _, scores) =>
        {
            var @case = cases[at].OfLatest(known);
            var choice = @case.Choice(model.Stages.First);
            best[at] = RankMeasures.Ndcg([.. model.Rank(@case.Known, @case.Occasion, scores, choice).Take(10)], @case.Hidden, 10);
            popular[at] = RankMeasures.Ndcg(popularity.Blended(@case.Known, scores, 10, choice), @case.Hidden, 10);
            return scores;
        }, _ => { });
        return new(known, popular.Average(), best.Average(), Judgement.ErrorOf([.. best.Zip(popular, (one, other) => one - other)]));
    }
}
