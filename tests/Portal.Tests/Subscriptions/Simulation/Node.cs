using FlickStream.Platform.Audit;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Credits;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Letters;
using FlickStream.Portal.Subscriptions.Owner;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Plans;
using FlickStream.Portal.Subscriptions.Promotions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>One of the processes: what it has of billing, over its own way to documents and provider.</summary>
internal sealed class Node
{
    public Node(IDocuments documents, IPaymentGateway gateway, SandboxEvents events, IDataProtectionProvider protection, TimeProvider time)
    {
        var options = Options.Create(new SubscriptionOptions());
        var bus = new DeadBus();
        var accounts = new AccountStore(documents);
        Subscriptions = new SubscriptionStore(documents);
        Plans = new PlanStore(documents, new PlanSeed(options));
        var letters = new SubscriptionLetters(new MailQueue(documents, protection, bus, time), Plans, accounts);
        Balances = new LedgerBalances(documents);
        Check = new LedgerCheck(documents, time, NullLogger<LedgerCheck>.Instance);
        Invoices = new InvoiceStore(documents);
        Ledger = new LedgerBook(documents);
        var effects = new EffectRunner(Ledger, Invoices, letters, accounts, gateway, []);
        var provider = new ProviderSteps(gateway, Plans, options, NullLogger<ProviderSteps>.Instance);
        Clerk = new SubscriptionClerk(Subscriptions, provider, effects, Plans, accounts, time, options, NullLogger<SubscriptionClerk>.Instance);
        var promotions = new PromoStore(documents, Subscriptions, time, options);
        Checkouts = new CheckoutDesk(Subscriptions, Clerk, Plans, promotions, accounts, time, options, Options.Create(new AccountOptions()));
        Owners = new OwnerDesk(Subscriptions, Clerk, Plans);
        Intake = new WebhookIntake(gateway, documents, bus, time);
        var back = new PaymentLetters(new MailQueue(documents, protection, bus, time), accounts);
        Credits = new CreditNoteStore(documents);
        var payments = new PaymentStore(documents, Ledger, Invoices);
        var ending = new SubscriptionEnding(Subscriptions, Clerk, time);
        var returns = new PaymentEffects(Ledger, Credits, Invoices, back, ending, accounts, gateway);
        PersonalData = new SubscriptionData(Subscriptions, Clerk, ending, promotions, Invoices, Credits, gateway, time);
        Payments = new PaymentClerk(payments, gateway, returns, Clerk, time, NullLogger<PaymentClerk>.Instance);
        Refunds = new RefundDesk(Invoices, Ledger, payments, Payments, gateway, new AuditLog(documents, new AuditTrail(documents, new AuditAnchors(documents, protection, NullLogger<AuditAnchors>.Instance), time)), time);
        var worker = new WebhookWorker(documents, Clerk, Payments, bus, time, NullLogger<WebhookWorker>.Instance);
        var watch = new ReturnsWatch(documents, gateway, bus, time);
        Sweep = new SubscriptionSweep(
            Subscriptions, Clerk, new PaymentSweep(payments, Payments, watch, time, NullLogger<PaymentSweep>.Instance), worker, new SandboxDelivery(events, Intake, time),
            promotions, time, NullLogger<SubscriptionSweep>.Instance);
    }

    public SubscriptionStore Subscriptions { get; }

    public PlanStore Plans { get; }

    public InvoiceStore Invoices { get; }

    public LedgerBook Ledger { get; }

    public LedgerBalances Balances { get; }

    public LedgerCheck Check { get; }

    public CreditNoteStore Credits { get; }

    public SubscriptionData PersonalData { get; }

    public PaymentClerk Payments { get; }

    public RefundDesk Refunds { get; }

    public SubscriptionClerk Clerk { get; }

    public CheckoutDesk Checkouts { get; }

    public OwnerDesk Owners { get; }

    public WebhookIntake Intake { get; }

    public SubscriptionSweep Sweep { get; }

    /// <summary>Nobody hears: all that is lost is speed.</summary>
    internal sealed class DeadBus : IBus
    {
        public ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<IBusSubscription> SubscribeAsync(string topic, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
