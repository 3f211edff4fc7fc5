using FlickStream.Portal.Accounts;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Credits;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Gateways.Stripe;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Letters;
using FlickStream.Portal.Subscriptions.Owner;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Promotions;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions;

internal static class SubscriptionServices
{
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.AddOptions<SubscriptionOptions>().BindConfiguration("Subscriptions").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<StripeOptions>().BindConfiguration("Subscriptions:Stripe").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SubscriptionOptions>, SubscriptionOptionsCheck>();
        services.AddSingleton<PlanSeed>().AddSingleton<PlanStore>().AddSingleton<PromoStore>();
        services.AddSingleton<SubscriptionStore>().AddSingleton<IEntitlements, Entitlements>().AddSingleton<CheckoutDesk>().AddSingleton<OwnerDesk>();
        services.AddSingleton<LedgerBook>().AddSingleton<LedgerBalances>().AddSingleton<LedgerCheck>().AddSingleton<LedgerSweep>();
        services.AddSingleton<InvoiceStore>().AddSingleton<SubscriptionLetters>();
        services.AddSingleton<CreditNoteStore>().AddSingleton<PaymentStore>().AddSingleton<PaymentLetters>().AddSingleton<PaymentEffects>().AddSingleton<PaymentClerk>();
        services.AddSingleton<RefundDesk>().AddSingleton<ReturnsWatch>().AddSingleton<PaymentSweep>().AddSingleton<SubscriptionEnding>().AddSingleton<SandboxBack>();
        services.AddSingleton<EffectRunner>().AddSingleton<ProviderSteps>().AddSingleton<SubscriptionClerk>().AddSingleton<SubscriptionSweep>();
        services.AddSingleton<ISandboxBank, TestCards>().AddSingleton<SandboxEvents>().AddSingleton<SandboxCounter>().AddSingleton<SandboxDelivery>();
        services.AddSingleton<StripeConnection>();
        services.AddSingleton<IPaymentGateway>(provider => provider.GetRequiredService<IOptions<SubscriptionOptions>>().Value.Gateway == GatewayKind.Stripe
            ? ActivatorUtilities.CreateInstance<StripeGateway>(provider) : ActivatorUtilities.CreateInstance<SandboxGateway>(provider));
        services.AddSingleton<WebhookIntake>().AddSingleton<IPersonalData, SubscriptionData>();
        services.AddSingleton<WebhookWorker>().AddHostedService(provider => provider.GetRequiredService<WebhookWorker>());
    }
}
