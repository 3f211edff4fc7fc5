using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Checkout;

/// <summary>POST by the page that its owner comes back to from the provider: what became of it is asked for now, whether or not a webhook came.</summary>
internal static class RefreshSubscription
{
    public static async Task<Results<Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(
        SubscriptionStore subscriptions, SubscriptionClerk clerk, TimeProvider time, HttpContext http)
    {
        if (await subscriptions.OfAccountAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is not { } found) return SubscriptionProblems.NotFound.ToResult();
        return await clerk.WorkAsync(found.Id, isTold: true, CancellationToken.None) is { } now
            ? TypedResults.Ok(SubscriptionAnswer.Of(now, time.GetUtcNow())) : SubscriptionProblems.NotFound.ToResult();
    }
}
