using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Recommendations.Site;

internal static class RecommendationProblems
{
    public static readonly Problem ExperimentInvalid = new(
        "experiment_invalid", 400, "Give a name and 2 to 8 variants with names of lower-case letters, digits and hyphens, whose percentages are together 100.");

    public static readonly Problem ExperimentRuns = new("experiment_runs", 409, "An experiment of this name runs, or ran, with other variants or models. One that is changed needs another name.");

    public static readonly Problem ReportDaysInvalid = new("report_days_invalid", 400, "Ask for 1 to 366 days.");

    public static readonly Problem DismissalsFull = new(
        "dismissals_full", 409, "The profile is not interested in as many titles as it may say of. Take some back.");

    public static readonly Problem NoModelBefore = new("no_model_before", 409, "There is no model before the one that holds.");

    public static readonly Problem ModelNotKept = new("model_not_kept", 404, "No model of this key is kept. GET /api/recommendation-model tells those that are.");
}
