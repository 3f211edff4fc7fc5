using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <param name="Card">The number of a test card.</param>
/// <param name="IsAuthenticated">Its owner has shown the bank who they are.</param>
internal sealed record PaySandboxRequest([property: Required] string? Card, bool IsAuthenticated = false);

/// <param name="ReturnUrl">Where the provider would send its owner now.</param>
internal sealed record PaidSandboxCheckout(CheckoutState State, Uri ReturnUrl);

/// <summary>What somebody does on the provider's page, for the checkout of their own subscription.</summary>
internal static class PaySandboxCheckout
{
    public static async Task<Results<Ok<PaidSandboxCheckout>, ProblemHttpResult>> HandleAsync(
        string id, PaySandboxRequest request, SandboxCounter counter, SandboxDelivery delivery, SubscriptionStore subscriptions, HttpContext http)
    {
        if (await counter.FindCheckoutAsync(id, http.RequestAborted) is not { } checkout
            || await subscriptions.GetAsync(checkout.SubscriptionId, http.RequestAborted) is not { Value: var subscription }
            || subscription.AccountId != CallerSession.Of(http).AccountId) return SubscriptionProblems.CheckoutNotFound.ToResult();
        if (!TestCards.IsKnown(request.Card)) return SubscriptionProblems.CardUnknown.ToResult();
        var answer = TestCards.InCheckout(request.Card!);
        if (answer.Decline is { } decline) return SubscriptionProblems.CardDeclined.ToResult(decline.Code);
        if (answer.AsksOwner && !request.IsAuthenticated) return SubscriptionProblems.AuthenticationNeeded.ToResult();
        var paid = await counter.PayAsync(checkout, request.Card!, CancellationToken.None);
        await delivery.DeliverAsync(CancellationToken.None);
        return paid.State == CheckoutState.Complete
            ? TypedResults.Ok(new PaidSandboxCheckout(paid.State, paid.ReturnUrl)) : SubscriptionProblems.CheckoutOver.ToResult();
    }
}

/// <summary>Lets these routes through where payments are the sandbox's.</summary>
internal sealed class SandboxFilter(IPaymentGateway gateway) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        gateway is SandboxGateway ? next(context) : ValueTask.FromResult<object?>(SubscriptionProblems.SandboxOff.ToResult());
}
