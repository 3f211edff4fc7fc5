using System.Globalization;
using System.Net;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Prices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Invoices;

/// <summary>A page that prints on one sheet, without script and style of its own, which no browser would take here.</summary>
internal static class PrintInvoice
{
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(
        string number, InvoiceStore invoices, IOptions<SubscriptionOptions> options, HttpContext http) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && await invoices.GetAsync(place, http.RequestAborted) is { } invoice && invoice.AccountId == CallerSession.Of(http).AccountId
            ? TypedResults.Content(Page(invoice, options.Value.Issuer), "text/html; charset=utf-8") : SubscriptionProblems.InvoiceNotFound.ToResult();

    private static string Page(Invoice invoice, string issuer) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Invoice {invoice.Name}</title></head>
        <body>
        <h1>Invoice {invoice.Name}</h1>
        <p>{Html(issuer).ReplaceLineEndings("<br>")}</p>
        <p>To {Html(invoice.Email ?? "a former customer")}, paid on {Date(invoice, invoice.PaidAt)}</p>
        <p>For {Date(invoice, invoice.PeriodStart)} to {Date(invoice, invoice.PeriodEnd)}</p>
        <table>
        {string.Join('\n', invoice.Lines.Select(line => Row(line.Text, line.Amount)))}
        {Row("Total", invoice.Total)}
        </table>
        </body>
        </html>
        """;

    private static string Row(string text, Money amount) => $"<tr><td>{Html(text)}</td><td align=\"right\">{amount}</td></tr>";

    private static string Date(Invoice invoice, DateTimeOffset at) => BillingCalendar.DateOf(at, invoice.TimeZone);

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
