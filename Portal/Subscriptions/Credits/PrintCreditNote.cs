using System.Globalization;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Invoices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Credits;

internal static class PrintCreditNote
{
    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(
        string number, CreditNoteStore notes, IOptions<SubscriptionOptions> options, HttpContext http) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && await notes.GetAsync(place, http.RequestAborted) is { } note && note.AccountId == CallerSession.Of(http).AccountId
            ? TypedResults.Content(Page(note, options.Value.Issuer), "text/html; charset=utf-8") : SubscriptionProblems.CreditNoteNotFound.ToResult();

    private static string Page(CreditNote note, string issuer) => Sheet.Of(
        $"Credit note {note.Name}", issuer,
        [
            $"To {note.Email ?? "a former customer"}, on {BillingCalendar.DateOf(note.At, note.TimeZone)}",
            $"For invoice {Invoice.NameOf(note.InvoiceNumber)}",
        ],
        [(TextOf(note), note.Amount)]);

    private static string TextOf(CreditNote note) => (note.Reason, note.Amount.Amount < 0) switch
    {
        (CreditReason.Refund, false) => "Refund",
        (CreditReason.Refund, true) => "The bank did not take a refund",
        (_, false) => "Taken back by the bank",
        _ => "Given back by the bank",
    };
}
