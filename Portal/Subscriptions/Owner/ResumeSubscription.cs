using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Owner;

/// <summary>POST: takes the cancellation back before the period is over.</summary>
internal static class ResumeSubscription
{
    public static async Task<Results<Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(OwnerDesk desk, TimeProvider time, HttpContext http)
    {
        var moved = await desk.MoveAsync(CallerSession.Of(http).AccountId, OwnerMoves.Resume);
        return moved.Subscription is { } resumed ? TypedResults.Ok(SubscriptionAnswer.Of(resumed, time.GetUtcNow())) : moved.Refusal!.ToResult();
    }
}
