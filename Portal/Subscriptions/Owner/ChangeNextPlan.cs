using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Owner;

/// <param name="PlanId">The present one takes a change back.</param>
internal sealed record ChangeNextPlanRequest([property: Required] string? PlanId);

/// <summary>PUT: another plan from the next period on.</summary>
internal static class ChangeNextPlan
{
    public static async Task<Results<Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(
        ChangeNextPlanRequest request, OwnerDesk desk, TimeProvider time, HttpContext http)
    {
        var accountId = CallerSession.Of(http).AccountId;
        if (await desk.FindAsync(accountId, http.RequestAborted) is not { } found) return SubscriptionProblems.NotFound.ToResult();
        var (choice, _, refusal) = await desk.ChooseAsync(request.PlanId, found, http.RequestAborted);
        if (choice is null) return refusal!.ToResult();
        var moved = await desk.MoveAsync(accountId, now => OwnerMoves.ChangeNext(now, choice));
        return moved.Subscription is { } changed ? TypedResults.Ok(SubscriptionAnswer.Of(changed, time.GetUtcNow())) : moved.Refusal!.ToResult();
    }
}
