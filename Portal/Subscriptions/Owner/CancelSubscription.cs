using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Owner;

/// <summary>POST: it ends with what is paid for; what is not paid ends now.</summary>
internal static class CancelSubscription
{
    public static async Task<Results<Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(OwnerDesk desk, TimeProvider time, HttpContext http)
    {
        var moved = await desk.MoveAsync(CallerSession.Of(http).AccountId, now => OwnerMoves.Cancel(now, time.GetUtcNow()));
        return moved.Subscription is { } canceled ? TypedResults.Ok(SubscriptionAnswer.Of(canceled, time.GetUtcNow())) : moved.Refusal!.ToResult();
    }
}
