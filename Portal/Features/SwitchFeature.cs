using FlickStream.Portal.Audit;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Features;

/// <summary>PUT: how a feature is switched, of the revision that If-Match names; <c>"r0"</c> is one that nobody has switched.</summary>
internal static class SwitchFeature
{
    private const int MostAccounts = 1000;
    private const int MostOfId = 40;

    public static async Task<Results<Ok<FeatureAnswer>, ProblemHttpResult>> HandleAsync(
        string name, FeatureRule rule, FeatureStore features, AuditLog audit, HttpContext http)
    {
        if (AllFeatures.Find(name) is not { } feature) return FeatureProblems.NotFound.ToResult();
        if (rule is not { Percent: >= 0 and <= 100 } || rule.Accounts?.Count > MostAccounts || rule.Accounts?.Keys.Any(id => id.Length is 0 or > MostOfId) is true)
            return FeatureProblems.RuleInvalid.ToResult();
        if (!EntityTags.TryRead(http, out var revision)) return EntityTags.IfMatchNeeded.ToResult();
        await audit.AddAsync(http, "feature_switched", $"feature:{name}", FormattableString.Invariant($"{rule.Percent} %, {rule.Accounts?.Count ?? 0} accounts"));
        if (await features.PutAsync(name, revision, rule, CancellationToken.None) is not { } now) return FeatureProblems.Changed.ToResult();
        EntityTags.Tag(http, now.Revision);
        return TypedResults.Ok(FeatureAnswer.Of(feature, now));
    }
}
