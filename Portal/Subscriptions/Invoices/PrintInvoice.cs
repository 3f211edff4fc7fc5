using System.Globalization;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Invoices;

internal static class PrintInvoice
{
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(
        string number, InvoiceStore invoices, IOptions<SubscriptionOptions> options, HttpContext http) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && await invoices.GetAsync(place, http.RequestAborted) is { } invoice && invoice.AccountId == CallerSession.Of(http).AccountId
            ? TypedResults.Content(Page(invoice, options.Value.Issuer), "text/html; charset=utf-8") : SubscriptionProblems.InvoiceNotFound.ToResult();

    private static string Page(Invoice invoice, string issuer) => Sheet.Of(
        $"Invoice {invoice.Name}", issuer,
        [
            $"To {invoice.Email ?? "a former customer"}, paid on {Date(invoice, invoice.PaidAt)}",
            $"For {Date(invoice, invoice.PeriodStart)} to {Date(invoice, invoice.PeriodEnd)}",
        ],
        [.. invoice.Lines.Select(line => (line.Text, line.Amount)), ("Total", invoice.Total)]);

    private static string Date(Invoice invoice, DateTimeOffset at) => BillingCalendar.DateOf(at, invoice.TimeZone);
}
