using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Owner;

/// <param name="PlanId">The one to change to.</param>
/// <param name="Amount">As the preview showed it, without the currency.</param>
internal sealed record UpgradeRequest([property: Required] string? PlanId, [property: Required] decimal? Amount);

/// <summary>POST: another plan at once, for the amount that was shown. 202 where the bank, or its owner there, must say so first.</summary>
internal static class Upgrade
{
    public static async Task<Results<Ok<SubscriptionAnswer>, Accepted<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(
        UpgradeRequest request, OwnerDesk desk, CheckoutDesk checkouts, IOptions<SubscriptionOptions> options, TimeProvider time, HttpContext http)
    {
        var accountId = CallerSession.Of(http).AccountId;
        if (await desk.FindAsync(accountId, http.RequestAborted) is not { } found) return SubscriptionProblems.NotFound.ToResult();
        var (choice, names, refusal) = await desk.ChooseAsync(request.PlanId, found, http.RequestAborted);
        if (choice is null) return refusal!.ToResult();
        var moved = await desk.MoveAsync(accountId, Move);
        if (moved.Subscription is not { } now) return moved.Refusal!.ToResult();
        var answer = SubscriptionAnswer.Of(now, time.GetUtcNow());
        return now.Plan.PlanId == choice.PlanId ? TypedResults.Ok(answer)
            : now.Bill is not null ? TypedResults.Accepted("/api/subscription", answer)
            : SubscriptionProblems.PaymentDeclined.ToResult(now.Decline);

        Moved Move(Subscription subscription)
        {
            // Asked twice, it is done once.
            if (subscription.Plan.PlanId == choice.PlanId || subscription.Bill is { Purpose: BillPurpose.Upgrade } bill && bill.Plan == choice) return new(subscription);
            return OwnerMoves.Quote(subscription, choice, names, time.GetUtcNow(), out var why) is { } quote
                ? OwnerMoves.Upgrade(subscription, quote, request.Amount, checkouts.ReturnUrl(http), time.GetUtcNow(), options.Value) : new(why!);
        }
    }
}
