using System.Globalization;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>Whether a model is good enough for viewers, by titles of the site's own that it was not trained on.</summary>
internal static class ModelGate
{
    /// <summary>Why there is too little to make one of; null where there is enough.</summary>
    /// <param name="watched">Movies and series, once a profile.</param>
    /// <param name="judges">Profiles that there would be to judge it.</param>
    public static string? Refusal(int watched, int judges, RecommendationOptions options) =>
        watched < options.LeastWatched ? Text($"{watched} movies and series were watched, {options.LeastWatched} are needed.")
        : judges < options.LeastJudges ? TooFew(judges, options)
        : null;

    /// <summary>Why it is not; null where it is.</summary>
    /// <param name="judged">Of the model.</param>
    /// <param name="before">Of the one that it would replace; null for the first.</param>
    public static string? Refusal(Judgement judged, Judgement? before, RecommendationOptions options) =>
        judged.Viewers < options.LeastJudges ? TooFew(judged.Viewers, options)
        : judged.Best < judged.Popular ? Text($"NDCG@10 is {judged.Best:F4}, less than popularity's {judged.Popular:F4}.")
        : judged.Newcomers is { MostGain: < 0 } newcomers
            ? Text($"With no more than {newcomers.Titles} known of each viewer NDCG@10 is {newcomers.Best:F4}, less than popularity's {newcomers.Popular:F4}.")
        : before is not null && IsLost(judged, before, options.MostLost) ? Text($"NDCG@10 is {judged.Best:F4}, after {before.Best:F4} of the model before.")
        : null;

    // The one before was measured by the catalog and the viewers of its day. Where today's are harder to tell, popularity has lost as much, which is no fault of
    // the model's.
    // By chance alone at most one in forty models that are as good as the one before is refused.
    // And what is published is the better of chance too: a model that had luck would keep all honest ones out for good, were it not told apart from quality.
    private static bool IsLost(Judgement judged, Judgement before, double most) =>
        judged.Best + (Judgement.Confidence * Math.Sqrt(Math.Pow(judged.Error, 2) + Math.Pow((1 - most) * before.Error, 2))) < (1 - most) * before.Best
        && judged.Best * before.Popular < (1 - most) * before.Best * judged.Popular;

    private static string TooFew(int judges, RecommendationOptions options) => Text(
        $"{judges} profiles can judge it, {options.LeastJudges} are needed: {ModelTraining.JudgeShare:P0} of those of which at least {HoldOut.ShortestHistory} titles are known.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
