using System.Globalization;
using FlickStream.Portal.Http;
using FlickStream.Portal.Subscriptions.Credits;
using FlickStream.Portal.Subscriptions.Invoices;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Prices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Administration;

/// <param name="PaymentId">The provider's; null where nothing was paid.</param>
/// <param name="Left">What can still be paid back.</param>
/// <param name="Refunds">That were ordered here.</param>
/// <param name="CreditNotes">Of all that came back, whoever wanted it.</param>
internal sealed record InvoiceDetails(
    InvoiceAnswer Invoice, string AccountId, string SubscriptionId, string? PaymentId, Money Left, IReadOnlyList<RefundAnswer> Refunds,
    IReadOnlyList<CreditNoteAnswer> CreditNotes);

/// <summary>An invoice, and what came back of it.</summary>
internal static class GetInvoice
{
    public static async Task<Results<Ok<InvoiceDetails>, ProblemHttpResult>> HandleAsync(
        string number, InvoiceStore invoices, LedgerBook ledger, PaymentStore payments, CreditNoteStore notes, CancellationToken stop)
    {
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place) || await invoices.GetAsync(place, stop) is not { } invoice)
            return SubscriptionProblems.InvoiceNotFound.ToResult();
        var paymentId = await ledger.PaymentOfAsync(invoice.BillKey, stop);
        var payment = paymentId is null ? null : await payments.GetAsync(paymentId, stop);
        var credits = new List<CreditNoteAnswer>();
        await foreach (var note in notes.OfInvoiceAsync(place, stop)) credits.Add(CreditNoteAnswer.Of(note.Value));
        return TypedResults.Ok(new InvoiceDetails(
            InvoiceAnswer.Of(invoice), invoice.AccountId, invoice.SubscriptionId, paymentId, payment?.Left ?? invoice.Total,
            [.. (payment?.Refunds ?? []).Select(RefundAnswer.Of)], credits));
    }
}

/// <summary>Somebody's, the newest first.</summary>
internal static class ListUserInvoices
{
    public static async Task<Results<Ok<InvoicePage>, ProblemHttpResult>> HandleAsync(
        string id, InvoiceStore invoices, CancellationToken stop, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await invoices.ListAsync(id, limit, after, stop);
        return TypedResults.Ok(new InvoicePage([.. page.Items.Select(item => InvoiceAnswer.Of(item.Value))], page.Next));
    }
}
