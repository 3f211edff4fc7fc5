using FlickStream.Portal.Audit;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Owner;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Administration;

/// <summary>POST, for somebody who asked for it: as if they had done it themselves.</summary>
internal static class CancelUserSubscription
{
    public static async Task<Results<Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(
        string id, OwnerDesk desk, AuditLog audit, TimeProvider time, HttpContext http)
    {
        if (await desk.FindAsync(id, http.RequestAborted) is not { } live) return SubscriptionProblems.NotFound.ToResult();
        await audit.AddAsync(http, "subscription_canceled", $"account:{id}", live.Id);
        var moved = await desk.MoveAsync(id, now => OwnerMoves.Cancel(now, time.GetUtcNow()));
        return moved.Subscription is { } canceled ? TypedResults.Ok(SubscriptionAnswer.Of(canceled, time.GetUtcNow())) : moved.Refusal!.ToResult();
    }
}
