using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Checkout;

internal static class ShowSubscription
{
    public static async Task<Results<Ok<SubscriptionAnswer>, ProblemHttpResult>> HandleAsync(SubscriptionStore subscriptions, TimeProvider time, HttpContext http) =>
        await subscriptions.OfAccountAsync(CallerSession.Of(http).AccountId, http.RequestAborted) is { } found
            ? TypedResults.Ok(SubscriptionAnswer.Of(found.Value, time.GetUtcNow())) : SubscriptionProblems.NotFound.ToResult();
}
