using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Owner;

/// <summary>POST: opens a checkout in which its owner gives another card, by which what is owed is charged at once.</summary>
internal static class ChangeCard
{
    public static async Task<Results<Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(
        OwnerDesk desk, CheckoutDesk checkouts, AccountStore accounts, IOptions<SubscriptionOptions> options, TimeProvider time, HttpContext http)
    {
        var accountId = CallerSession.Of(http).AccountId;
        var email = (await accounts.GetAsync(accountId, http.RequestAborted))?.Email ?? "";
        var moved = await desk.MoveAsync(accountId, now => OwnerMoves.ChangeCard(now, email, checkouts.ReturnUrl(http), time.GetUtcNow(), options.Value));
        return moved.Subscription is not { } opened ? moved.Refusal!.ToResult()
            : opened.Checkout is null ? SubscriptionProblems.PaymentRefused.ToResult()
            : opened.Checkout.Id is null ? SubscriptionProblems.PaymentsUnavailable.ToResult()
            : TypedResults.Ok(SubscriptionAnswer.Of(opened, time.GetUtcNow()));
    }
}
