namespace FlickStream.Portal.Subscriptions.Gateways;

internal enum GatewayKind
{
    /// <summary>No money moves.</summary>
    Sandbox,
    Stripe,
}
