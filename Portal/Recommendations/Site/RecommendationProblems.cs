using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Recommendations.Site;

internal static class RecommendationProblems
{
    public static readonly Problem NoModelBefore = new("no_model_before", 409, "There is no model to go back to.");
}
