using System.Globalization;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>Whether a model is good enough for viewers, by titles of the site's own that it was not trained on.</summary>
internal static class ModelGate
{
    /// <summary>Why it is not; null where it is.</summary>
    /// <param name="judged">Of the model.</param>
    /// <param name="before">Of the one that it would replace; null for the first.</param>
    public static string? Refusal(Judgement judged, Judgement? before, RecommendationOptions options) =>
        judged.Viewers < options.LeastJudges ? Text($"{judged.Viewers} profiles can judge it, {options.LeastJudges} are needed.")
        : judged.Best < judged.Popular ? Text($"NDCG@10 is {judged.Best:F4}, less than popularity's {judged.Popular:F4}.")
        : before is not null && judged.Best < (1 - options.MostLost) * before.Best ? Text($"NDCG@10 is {judged.Best:F4}, after {before.Best:F4} of the model before.")
        : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
