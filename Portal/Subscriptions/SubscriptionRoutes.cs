using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Http;
using FlickStream.Platform.RateLimits;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Subscriptions.Administration;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Credits;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Owner;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Plans;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Subscriptions;

internal static class SubscriptionRoutes
{
    private static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    public static void MapSubscriptions(this IEndpointRouteBuilder routes)
    {
        var strangers = routes.MapGroup("/api").AllowAnonymous().WithTags("Subscriptions");
        strangers.MapGet("/plans", ListPlans.HandleAsync);
        strangers.MapPost("/payments/webhook", TakeWebhook.HandleAsync).WithMetadata(new RequestSizeLimitAttribute(256 * 1024));

        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Subscriptions").WithMetadata(Small);
        Limit(people.MapGet("/subscription", ShowSubscription.HandleAsync));
        // As for profiles: no child buys or cancels.
        var grown = people.MapGroup("").AddEndpointFilter<GrownUpFilter>();
        Limit(grown.MapPost("/subscription", Subscribe.HandleAsync).AddEndpointFilter<LinkFilter>().AddEndpointFilter<StayingFilter>());
        Limit(people.MapPost("/subscription/refresh", RefreshSubscription.HandleAsync));

        Limit(grown.MapPost("/subscription/cancel", CancelSubscription.HandleAsync));
        Limit(grown.MapPost("/subscription/resume", ResumeSubscription.HandleAsync));
        Limit(grown.MapPut("/subscription/next-plan", ChangeNextPlan.HandleAsync));
        Limit(people.MapGet("/subscription/upgrade", PreviewUpgrade.HandleAsync));
        Limit(grown.MapPost("/subscription/upgrade", Upgrade.HandleAsync).AddEndpointFilter<LinkFilter>().AddEndpointFilter<StayingFilter>());
        Limit(grown.MapPost("/subscription/card", ChangeCard.HandleAsync).AddEndpointFilter<LinkFilter>().AddEndpointFilter<StayingFilter>());

        people.MapGet("/invoices", ListInvoices.HandleAsync);
        people.MapGet("/invoices/{number}/page", PrintInvoice.HandleAsync).Produces<string>(contentType: "text/html");

        people.MapGet("/credit-notes", ListCreditNotes.HandleAsync);
        people.MapGet("/credit-notes/{number}/page", PrintCreditNote.HandleAsync).Produces<string>(contentType: "text/html");

        var administrators = routes.MapGroup("/api").RequireAuthorization(Scopes.Admin).WithTags("Administration").WithMetadata(Small);
        administrators.MapGet("/admin/plans", ListAllPlans.HandleAsync);
        administrators.MapGet("/admin/plans/{id}", GetPlan.HandleAsync);
        administrators.MapPut("/admin/plans/{id}", PutPlan.HandleAsync).TakesIfMatch(isNeeded: false).TellsAudit();
        administrators.MapGet("/admin/promo-codes", ListPromoCodes.HandleAsync);
        administrators.MapPut("/admin/promo-codes/{code}", PutPromoCode.HandleAsync).TakesIfMatch(isNeeded: false).TellsAudit();
        administrators.MapGet("/admin/ledger", ListLedger.HandleAsync);
        administrators.MapGet("/admin/ledger/balance", BalanceLedger.HandleAsync);
        administrators.MapGet("/admin/invoices/{number}", GetInvoice.HandleAsync);
        administrators.MapGet("/admin/invoices/{number}/page", PrintInvoice.HandleForSupportAsync).WithName("printUserInvoice").Produces<string>(contentType: "text/html").TellsAudit();
        administrators.MapPut("/admin/invoices/{number}/refunds/{key}", RefundInvoice.HandleAsync).Audited("refund_asked", "invoice");
        administrators.MapGet("/users/{id}/subscriptions", ListUserSubscriptions.HandleAsync);
        administrators.MapPost("/users/{id}/subscription/cancel", CancelUserSubscription.HandleAsync).TellsAudit();
        administrators.MapGet("/users/{id}/invoices", ListUserInvoices.HandleAsync);

        var sandbox = people.MapGroup("/sandbox").AddEndpointFilter<SandboxFilter>();
        sandbox.MapPost("/checkouts/{id}", PaySandboxCheckout.HandleAsync);
        sandbox.MapPost("/payments/{id}", AuthenticateSandboxPayment.HandleAsync);
    }

    private static void Limit(RouteHandlerBuilder route) => route.LimitPerKey<SubscriptionOptions>("subscription", options => options.RequestsPerMinute);
}
