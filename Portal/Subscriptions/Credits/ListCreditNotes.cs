using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Http;
using FlickStream.Portal.Subscriptions.Prices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Credits;

/// <param name="Name">The number as it is printed.</param>
/// <param name="Invoice">The invoice's, as it is printed.</param>
/// <param name="Amount">Below zero where it takes one before it back.</param>
/// <param name="Url">The printable page.</param>
internal sealed record CreditNoteAnswer(
    long Number, string Name, long InvoiceNumber, string Invoice, DateTimeOffset At, CreditReason Reason, Money Amount, string Url)
{
    public static CreditNoteAnswer Of(CreditNote note) => new(
        note.Number, note.Name, note.InvoiceNumber, Invoices.Invoice.NameOf(note.InvoiceNumber), note.At, note.Reason, note.Amount,
        $"/api/credit-notes/{note.Number.ToString(null, null)}/page");
}

internal sealed record CreditNotePage(IReadOnlyList<CreditNoteAnswer> Items, string? Next);

/// <summary>One's own, the newest first.</summary>
internal static class ListCreditNotes
{
    public static async Task<Results<Ok<CreditNotePage>, ProblemHttpResult>> HandleAsync(
        CreditNoteStore notes, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await notes.ListAsync(CallerSession.Of(http).AccountId, limit, after, http.RequestAborted);
        return TypedResults.Ok(new CreditNotePage([.. page.Items.Select(item => CreditNoteAnswer.Of(item.Value))], page.Next));
    }
}
