using FlickStream.Platform.Http;
using FlickStream.Portal.Http;
using FlickStream.Portal.Subscriptions.Checkout;
using FlickStream.Portal.Subscriptions.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Administration;

internal sealed record LedgerPage(IReadOnlyList<LedgerEntry> Items, string? Next);

/// <param name="Items">What each account holds.</param>
/// <param name="IsBalanced">Whether the accounts of each currency sum to nothing.</param>
/// <param name="CheckedAt">Since then the sums of each month were compared with its entries; null where one never was.</param>
/// <param name="Wrong">The months, <c>2027-01</c>, whose sums were not those of their entries.</param>
internal sealed record LedgerBalance(IReadOnlyList<Posting> Items, bool IsBalanced, DateTimeOffset? CheckedAt, IReadOnlyList<string> Wrong);

internal static class ListLedger
{
    public const string Oldest = "oldest";
    public const string Newest = "newest";

    /// <param name="subscription">Of this one only.</param>
    /// <param name="from">From then on.</param>
    /// <param name="until">Before then.</param>
    /// <param name="sort">oldest or newest: which is first.</param>
    public static async Task<Results<Ok<LedgerPage>, ProblemHttpResult>> HandleAsync(
        LedgerBook ledger, CancellationToken stop, string? subscription = null, DateTimeOffset? from = null, DateTimeOffset? until = null,
        [OneOf(Oldest, Newest)] string sort = Oldest, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        if (sort is not (Oldest or Newest)) return SubscriptionProblems.SortUnknown.ToResult();
        var page = await ledger.ListAsync(new(subscription, from, until), sort == Newest, limit, after, stop);
        return TypedResults.Ok(new LedgerPage([.. page.Items.Select(item => item.Value)], page.Next));
    }
}

internal static class BalanceLedger
{
    public static async Task<Ok<LedgerBalance>> HandleAsync(LedgerBalances balances, CancellationToken stop)
    {
        var read = await balances.ReadAsync(stop);
        return TypedResults.Ok(new LedgerBalance(
            read.Sums, read.IsBalanced, read.Months.All(month => month.CheckedAt is not null) ? read.Months.Min(month => month.CheckedAt) : null,
            [.. read.Months.Where(month => month.Wrong is not null).Select(month => LedgerMonth.IdOf(month.Start))]));
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
