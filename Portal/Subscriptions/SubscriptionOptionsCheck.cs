using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Stripe;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions;

internal sealed class SubscriptionOptionsCheck(IOptions<StripeOptions> stripe) : IValidateOptions<SubscriptionOptions>
{
    public ValidateOptionsResult Validate(string? name, SubscriptionOptions options)
    {
        var wrong = new List<string>();
        if (options.PlansFile is { } plans && !File.Exists(plans)) wrong.Add($"Subscriptions:PlansFile: there is no {plans}.");
        if (options.Retries?.Any(after => after <= TimeSpan.Zero || after >= options.GiveUpAfter) is true)
            wrong.Add("Subscriptions:Retries must lie between the renewal and GiveUpAfter.");
        if (options.Gateway == GatewayKind.Stripe && (!File.Exists(stripe.Value.KeyFile) || !File.Exists(stripe.Value.WebhookSecretFile)))
            wrong.Add("Subscriptions:Stripe:KeyFile and Subscriptions:Stripe:WebhookSecretFile must name files.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
