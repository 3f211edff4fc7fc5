using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FlickStream.Portal.Subscriptions.Prices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <param name="Reason">For the books and the audit log; it should name no person.</param>
/// <param name="Amount">In the invoice's currency; null for all that is left.</param>
internal sealed record RefundRequest([property: Required] string? Reason, decimal? Amount = null);

/// <param name="State">waiting, made, or refused.</param>
/// <param name="Refusal">The provider's code.</param>
internal sealed record RefundAnswer(string Key, Money Amount, string Reason, string State, string? Refusal, DateTimeOffset OrderedAt)
{
    public static RefundAnswer Of(Refund refund) => new(
        refund.Key, refund.Amount, refund.Reason, refund.IsWaiting ? "waiting" : refund.RefundId is null ? "refused" : "made", refund.Refusal, refund.OrderedAt);
}

/// <summary>PUT: pays an invoice back, in part or all that is left. The same key again pays nothing more. 202 while the provider does not answer.</summary>
internal static class RefundInvoice
{
    public static async Task<Results<Ok<RefundAnswer>, Created<RefundAnswer>, Accepted<RefundAnswer>, ProblemHttpResult>> HandleAsync(
        string number, string key, RefundRequest request, RefundDesk desk, HttpContext http)
    {
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return SubscriptionProblems.InvoiceNotFound.ToResult();
        var (refund, isNew, refusal) = await desk.OrderAsync(place, key, request, http);
        if (refund is null) return refusal!.ToResult();
        if (refund.Refusal is { } why) return RefundProblems.Refused.ToResult(why);
        var (answer, at) = (RefundAnswer.Of(refund), $"/api/admin/invoices/{place.ToString(null, null)}");
        return refund.IsWaiting ? TypedResults.Accepted(at, answer) : isNew ? TypedResults.Created(at, answer) : TypedResults.Ok(answer);
    }
}
