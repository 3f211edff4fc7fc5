using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;

namespace FlickStream.Portal.Subscriptions.Gateways.Stripe;

/// <summary>Section <c>Subscriptions:Stripe</c>, for <see cref="GatewayKind.Stripe"/>.</summary>
internal sealed class StripeOptions
{
    /// <summary>A file with the secret key alone (<c>sk_…</c>).</summary>
    public string? KeyFile { get; init; }

    /// <summary>A file with the webhook endpoint's secret alone (<c>whsec_…</c>); the endpoint is <c>/api/payments/webhook</c>.</summary>
    public string? WebhookSecretFile { get; init; }

    /// <summary>Where its API is.</summary>
    [Required]
    public Uri ApiBase { get; init; } = new("https://api.stripe.com");

    /// <summary>How long an answer is waited for. What was asked is then asked again with the same key.</summary>
    [TimeRange("00:00:01", "00:01:20")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);
}
