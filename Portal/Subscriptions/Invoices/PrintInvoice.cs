using System.Globalization;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Audit;
using FlickStream.Portal.Subscriptions.Billing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Invoices;

internal static class PrintInvoice
{
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(
        string number, InvoiceStore invoices, IOptions<SubscriptionOptions> options, HttpContext http) =>
        await FindAsync(number, invoices, http.RequestAborted) is { } invoice && invoice.AccountId == CallerSession.Of(http).AccountId
            ? Printed(invoice, options.Value) : SubscriptionProblems.InvoiceNotFound.ToResult();

    /// <summary>For whoever helps its owner: anybody's.</summary>
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleForSupportAsync(
        string number, InvoiceStore invoices, IOptions<SubscriptionOptions> options, AuditLog audit, HttpContext http)
    {
        if (await FindAsync(number, invoices, http.RequestAborted) is not { } invoice) return SubscriptionProblems.InvoiceNotFound.ToResult();
        await audit.AddAsync(http, "invoice_printed", $"account:{invoice.AccountId}", invoice.Name);
        return Printed(invoice, options.Value);
    }

    private static async Task<Invoice?> FindAsync(string number, InvoiceStore invoices, CancellationToken stop) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? await invoices.GetAsync(place, stop) : null;

    private static ContentHttpResult Printed(Invoice invoice, SubscriptionOptions options) =>
        TypedResults.Content(Page(invoice, options.Issuer), "text/html; charset=utf-8");

    private static string Page(Invoice invoice, string issuer) => Sheet.Of(
        $"Invoice {invoice.Name}", issuer,
        [
            $"To {invoice.Email ?? "a former customer"}, paid on {Date(invoice, invoice.PaidAt)}",
            $"For {Date(invoice, invoice.PeriodStart)} to {Date(invoice, invoice.PeriodEnd)}",
        ],
        [.. invoice.Lines.Select(line => (line.Text, line.Amount)), ("Total", invoice.Total)]);

    private static string Date(Invoice invoice, DateTimeOffset at) => BillingCalendar.DateOf(at, invoice.TimeZone);
}
