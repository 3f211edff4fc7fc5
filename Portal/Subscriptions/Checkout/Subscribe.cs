using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Checkout;

/// <param name="PlanId">Of <c>/api/plans</c>.</param>
/// <param name="Currency">One that the plan has a price in.</param>
/// <param name="PromoCode">Whatever its case.</param>
internal sealed record SubscribeRequest([property: Required] string? PlanId, [property: Required] string? Currency, string? PromoCode = null);

/// <summary>POST: opens a checkout, to which to send the account's owner. Asked again for the same, it is the same one.</summary>
internal static class Subscribe
{
    public static async Task<Results<Created<SubscriptionAnswer>, Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(
        SubscribeRequest request, CheckoutDesk desk, TimeProvider time, HttpContext http)
    {
        var (subscription, isNew, refusal) = await desk.BeginAsync(CallerSession.Of(http).AccountId, request, desk.ReturnUrl(http), http.RequestAborted);
        if (subscription is null) return refusal!.ToResult();
        if (subscription is { State: SubscriptionState.IncompleteExpired, Decline: { } why }) return SubscriptionProblems.PaymentRefused.ToResult(why);
        var answer = SubscriptionAnswer.Of(subscription, time.GetUtcNow());
        return subscription is { State: SubscriptionState.Incomplete, Checkout.Id: null } ? SubscriptionProblems.PaymentsUnavailable.ToResult()
            : isNew ? TypedResults.Created("/api/subscription", answer) : TypedResults.Ok(answer);
    }
}
