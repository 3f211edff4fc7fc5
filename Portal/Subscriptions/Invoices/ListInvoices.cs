using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Http;
using FlickStream.Portal.Subscriptions.Billing;
using FlickStream.Portal.Subscriptions.Prices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Invoices;

/// <param name="Name">The number as it is printed.</param>
/// <param name="Url">The printable page.</param>
internal sealed record InvoiceAnswer(
    long Number, string Name, DateTimeOffset PaidAt, DateTimeOffset PeriodStart, DateTimeOffset PeriodEnd, IReadOnlyList<BillLine> Lines, Money Total, string Url)
{
    public static InvoiceAnswer Of(Invoice invoice) => new(
        invoice.Number, invoice.Name, invoice.PaidAt, invoice.PeriodStart, invoice.PeriodEnd, invoice.Lines, invoice.Total,
        $"/api/invoices/{invoice.Number.ToString(null, null)}/page");
}

internal sealed record InvoicePage(IReadOnlyList<InvoiceAnswer> Items, string? Next);

/// <summary>One's own, the newest first.</summary>
internal static class ListInvoices
{
    public static async Task<Results<Ok<InvoicePage>, ProblemHttpResult>> HandleAsync(
        InvoiceStore invoices, HttpContext http, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await invoices.ListAsync(CallerSession.Of(http).AccountId, limit, after, http.RequestAborted);
        return TypedResults.Ok(new InvoicePage([.. page.Items.Select(item => InvoiceAnswer.Of(item.Value))], page.Next));
    }
}
