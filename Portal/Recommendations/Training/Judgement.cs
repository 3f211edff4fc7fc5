using System.Text.Json.Serialization;
using FlickStream.Portal.Recommendations.Measuring;
using FlickStream.Portal.Recommendations.Ranking;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>NDCG@10 over all unseen titles, of viewers whose hidden titles nothing was trained on.</summary>
/// <param name="Viewers">How many were measured.</param>
/// <param name="Popular">Of what is popular now or of what most ever watched, whichever orders better: what was hidden may be of long ago.</param>
/// <param name="Ranked">0 without a ranker.</param>
internal sealed record Judgement(int Viewers, double Popular, double Blended, double Ranked)
{
    /// <summary>Standard errors of a normal distribution, one-sided: by chance alone 1 in 40 means is further off.</summary>
    public const double Confidence = 1.96;

    public static readonly Judgement None = new(0, 0, 0, 0);

    /// <summary>Recall@10 of what orders best.</summary>
    public double Recall { get; init; }

    /// <summary>The share of titles that are among the first ten of any of these viewers.</summary>
    public double Coverage { get; init; }

    /// <summary>The standard error of <see cref="Best"/>; 0 of one that was measured before this was told.</summary>
    public double Error { get; init; }

    /// <summary>The standard error of <see cref="Ranked"/> less <see cref="Blended"/>; 0 of one that was measured before this was told.</summary>
    public double RankedError { get; init; }

    /// <summary>The same viewers, had they just come; null of one that was measured before this was told.</summary>
    public NewcomerJudgement? Newcomers { get; init; }

    [JsonIgnore]
    public double Best => IsRankedBest ? Ranked : Blended;

    /// <summary>By more than the error, as it is chosen by the same viewers; else the ranker is left out.</summary>
    [JsonIgnore]
    public bool IsRankedBest => Ranked - Blended > RankedError;

    public static Judgement Of(RecommendationModel model, Case[] cases)
    {
        var (popular, ever, blended, ranked) = (new double[cases.Length], new double[cases.Length], new double[cases.Length], new double[cases.Length]);
        var popularity = model.In(RowOrder.Popularity);
        var mostWatched = Enumerable.Range(0, model.Stages.Titles).OrderByDescending(title => model.Stages.Viewers[title]).ToArray();
        var (blends, ranks) = (new int[cases.Length][], new int[cases.Length][]);
        Parallel.For(0, cases.Length, () => new StageScores(model.Stages.Titles), (at, _, scores) =>
        {
            var @case = cases[at];
            // A list of what came later would be judged by what nobody could choose.
            var choice = @case.Choice(model.Stages.First);
            blends[at] = model.Blended(@case.Known, scores, 10, choice);
            blended[at] = RankMeasures.Ndcg(blends[at], @case.Hidden, 10);
            ranks[at] = model.Ranker is null ? [] : [.. model.Rank(@case.Known, @case.Occasion, scores, choice).Take(10)];
            if (model.Ranker is not null) ranked[at] = RankMeasures.Ndcg(ranks[at], @case.Hidden, 10);
            popular[at] = RankMeasures.Ndcg(popularity.Blended(@case.Known, scores, 10, choice), @case.Hidden, 10);
            var seen = @case.Known.Seen.ToArray();
            ever[at] = RankMeasures.Ndcg([.. mostWatched.Where(title => !seen.Contains(title) && choice?.Invoke(title) is not false).Take(10)], @case.Hidden, 10);
            return scores;
        }, _ => { });
        if (cases.Length == 0) return None;
        var judged = new Judgement(cases.Length, Math.Max(popular.Average(), ever.Average()), blended.Average(), ranked.Average())
        {
            RankedError = ErrorOf([.. ranked.Zip(blended, (one, other) => one - other)]),
        };
        var (lists, values) = judged.IsRankedBest ? (ranks, ranked) : (blends, blended);
        return judged with
        {
            Error = ErrorOf(values),
            Recall = lists.Zip(cases, (list, @case) => RankMeasures.Recall(list, @case.Hidden, 10)).Average(),
            Coverage = (double)lists.SelectMany(list => list).Distinct().Count() / model.Stages.Titles,
            Newcomers = NewcomerJudgement.Of(judged.IsRankedBest ? model : model with { Ranker = null }, cases),
        };
    }

    /// <summary>The standard error of their mean.</summary>
    public static double ErrorOf(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / Math.Max(1, values.Length - 1) / values.Length);
    }
}
