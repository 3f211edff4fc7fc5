using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Prices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Owner;

/// <param name="Plan">And its price from the next period on.</param>
/// <param name="Lines">What the amount is made of; none in a trial.</param>
/// <param name="Amount">To be paid now, for the days of the period that are left. It is another tomorrow.</param>
internal sealed record UpgradePreview(PlanChoice Plan, IReadOnlyList<BillLine> Lines, Money Amount);

internal static class PreviewUpgrade
{
    /// <param name="planId">The one to change to.</param>
    public static async Task<Results<Ok<UpgradePreview>, ProblemHttpResult>> HandleAsync(
        OwnerDesk desk, TimeProvider time, HttpContext http, string? planId = null)
    {
        if (await desk.FindAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is not { } found) return SubscriptionProblems.NotFound.ToResult();
        var (choice, names, refusal) = await desk.ChooseAsync(planId, found, http.RequestAborted);
        if (choice is null) return refusal!.ToResult();
        return OwnerMoves.Quote(found, choice, names, time.GetUtcNow(), out refusal) is { } quote
            ? TypedResults.Ok(new UpgradePreview(quote.Plan, quote.Lines, quote.Amount)) : refusal!.ToResult();
    }
}
