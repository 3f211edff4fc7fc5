using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Letters;
using FlickStream.Portal.Subscriptions.Owner;
using FlickStream.Portal.Subscriptions.Plans;

namespace FlickStream.Portal.Subscriptions;

internal static class SubscriptionServices
{
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.AddOptions<SubscriptionOptions>().BindConfiguration("Subscriptions").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PlanSeed>().AddSingleton<PlanStore>();
        services.AddSingleton<SubscriptionStore>().AddSingleton<IEntitlements, Entitlements>().AddSingleton<CheckoutDesk>().AddSingleton<OwnerDesk>();
        services.AddSingleton<LedgerBook>().AddSingleton<InvoiceStore>().AddSingleton<SubscriptionLetters>();
        services.AddSingleton<EffectRunner>().AddSingleton<SubscriptionClerk>().AddSingleton<SubscriptionSweep>();
        services.AddSingleton<ISandboxBank, TestCards>().AddSingleton<SandboxEvents>().AddSingleton<SandboxCounter>().AddSingleton<SandboxDelivery>();
        services.AddSingleton<IPaymentGateway, SandboxGateway>();
        services.AddSingleton<WebhookIntake>();
        services.AddSingleton<WebhookWorker>().AddHostedService(provider => provider.GetRequiredService<WebhookWorker>());
    }
}
