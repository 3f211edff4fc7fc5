using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Owner;

/// <summary>POST: opens a checkout in which its owner gives another card, by which what is owed is charged at once.</summary>
internal static class ChangeCard
{
    public static async Task<Results<Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(
        OwnerDesk desk, CheckoutDesk checkouts, IOptions<SubscriptionOptions> options, TimeProvider time, HttpContext http)
    {
        var moved = await desk.MoveAsync(
            CallerSession.Of(http).AccountId, now => OwnerMoves.ChangeCard(now, checkouts.ReturnUrl(http), time.GetUtcNow(), options.Value));
        return moved.Subscription is not { } opened ? moved.Refusal!.ToResult()
            : opened.Checkout is { Id: null } ? SubscriptionProblems.PaymentsUnavailable.ToResult()
            : TypedResults.Ok(SubscriptionAnswer.Of(opened, time.GetUtcNow()));
    }
}
