using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Features;

internal static class FeatureProblems
{
    public static readonly Problem Off = new("feature_off", 403, "This is switched off here.");

    public static readonly Problem NotFound = new("feature_not_found", 404, "There is no such feature.");

    public static readonly Problem RuleInvalid = new("feature_rule_invalid", 400, "Give a percentage of 0 to 100, and at most 1000 accounts by their ids.");

    public static readonly Problem Changed = new("feature_changed", 412, "Somebody has switched it since you saw it. Read it again.");
}
