using FlickStream.Portal.Audit;
using FlickStream.Portal.Http;
using FlickStream.Portal.Subscriptions.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Administration;

internal sealed record PlanPage(IReadOnlyList<Plan> Items);

internal static class ListAllPlans
{
    public static async Task<Ok<PlanPage>> HandleAsync(PlanStore plans, CancellationToken stop) => TypedResults.Ok(new PlanPage(await plans.ListAsync(stop)));
}

internal static class GetPlan
{
    public static async Task<Results<Ok<Plan>, ProblemHttpResult>> HandleAsync(string id, PlanStore plans, HttpContext http)
    {
        if (await plans.GetAsync(id, http.RequestAborted) is not { } plan) return PlanProblems.NotFound.ToResult();
        EntityTags.Tag(http, plan.Revision);
        return TypedResults.Ok(plan);
    }
}

/// <summary>PUT: another content, of the revision that If-Match names; without If-Match a plan that there is not yet.</summary>
internal static class PutPlan
{
    public static async Task<Results<Ok<Plan>, Created<Plan>, ProblemHttpResult>> HandleAsync(
        string id, PlanContent content, PlanStore plans, AuditLog audit, HttpContext http)
    {
        if (!PlanRules.IsId(id)) return PlanProblems.IdInvalid.ToResult();
        if (PlanRules.Tidy(content, out var problem) is not { } tidied) return problem!.ToResult();
        var before = await plans.GetAsync(id, http.RequestAborted);
        if (before is not null && !EntityTags.TryRead(http, out _)) return EntityTags.IfMatchNeeded.ToResult();
        EntityTags.TryRead(http, out var revision);
        if (before is not null && revision is { } seen && seen != before.Revision) return PlanProblems.Changed.ToResult();

        await audit.AddAsync(http, before is null ? "plan_created" : "plan_changed", $"plan:{id}", Words(tidied));
        var put = before is null ? await plans.AddAsync(id, tidied, CancellationToken.None) : await plans.ChangeAsync(id, revision, tidied, CancellationToken.None);
        if (put is null) return PlanProblems.Changed.ToResult();
        EntityTags.Tag(http, put.Revision);
        return before is null ? TypedResults.Created($"/api/admin/plans/{id}", put) : TypedResults.Ok(put);
    }

    private static string Words(PlanContent content)
    {
        var limits = $"{content.MaxHeight} lines, {content.Streams} streams, {content.Profiles} profiles";
        return $"{content.Name}: {string.Join(", ", content.Prices!)}; {limits}; {(content.IsOffered ? "offered" : "not offered")}";
    }
}
