using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <param name="IsShown">Whether its owner shows the bank who they are, or fails to.</param>
internal sealed record AuthenticateSandboxRequest(bool IsShown = true);

/// <summary>What somebody does on their bank's page, for a payment of their own subscription.</summary>
internal static class AuthenticateSandboxPayment
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, AuthenticateSandboxRequest request, SandboxCounter counter, SandboxDelivery delivery, SubscriptionStore subscriptions, HttpContext http)
    {
        if (await counter.FindPaymentAsync(id, http.RequestAborted) is not { } payment
            || await subscriptions.GetAsync(payment.SubscriptionId, http.RequestAborted) is not { Value: var subscription }
            || subscription.AccountId != CallerSession.Of(http).AccountId) return SubscriptionProblems.PaymentNotFound.ToResult();
        await counter.AuthenticateAsync(payment, request.IsShown, CancellationToken.None);
        await delivery.DeliverAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }
}
