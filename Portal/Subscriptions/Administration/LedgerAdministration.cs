using FlickStream.Portal.Http;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Administration;

internal sealed record LedgerPage(IReadOnlyList<LedgerEntry> Items, string? Next);

/// <param name="Items">What each account holds.</param>
/// <param name="IsBalanced">Whether the accounts of each currency sum to nothing.</param>
internal sealed record LedgerBalance(IReadOnlyList<Posting> Items, bool IsBalanced);

internal static class ListLedger
{
    /// <param name="subscription">Of this one only.</param>
    public static async Task<Results<Ok<LedgerPage>, ProblemHttpResult>> HandleAsync(
        LedgerBook ledger, CancellationToken stop, string? subscription = null, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await ledger.ListAsync(subscription, limit, after, stop);
        return TypedResults.Ok(new LedgerPage([.. page.Items.Select(item => item.Value)], page.Next));
    }
}

internal static class BalanceLedger
{
    public static async Task<Ok<LedgerBalance>> HandleAsync(LedgerBook ledger, CancellationToken stop)
    {
        var balance = await ledger.BalanceAsync(stop);
        var isBalanced = balance.GroupBy(posting => posting.Amount.Currency).All(currency => currency.Sum(posting => posting.Amount.Amount) == 0);
        return TypedResults.Ok(new LedgerBalance(balance, isBalanced));
    }
}

internal sealed record SubscriptionHistory(IReadOnlyList<SubscriptionAnswer> Items, string? Next);

/// <summary>All subscriptions of somebody, the latest first.</summary>
internal static class ListUserSubscriptions
{
    public static async Task<Results<Ok<SubscriptionHistory>, ProblemHttpResult>> HandleAsync(
        string id, SubscriptionStore subscriptions, TimeProvider time, CancellationToken stop, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await subscriptions.ListAsync(id, limit, after, stop);
        return TypedResults.Ok(new SubscriptionHistory([.. page.Items.Select(item => SubscriptionAnswer.Of(item.Value, time.GetUtcNow()))], page.Next));
    }
}
