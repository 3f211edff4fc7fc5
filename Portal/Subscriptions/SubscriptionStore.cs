using System.Security.Cryptography;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Promotions;

namespace FlickStream.Portal.Subscriptions;

internal sealed class SubscriptionStore(IDocuments documents)
{
    private readonly IDocumentSet<Subscription> _subscriptions = documents.Set(Subscription.Schema);

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public Task<Stored<Subscription>?> GetAsync(string id, CancellationToken cancellationToken) => _subscriptions.GetAsync(id, cancellationToken);

    /// <summary>The one that has not ended; null when there is none.</summary>
    public async Task<Stored<Subscription>?> OfAccountAsync(string accountId, CancellationToken cancellationToken)
    {
        var page = await _subscriptions.QueryAsync(new() { Filters = [DocumentFilter.Equal("live", accountId)], Limit = 1 }, cancellationToken);
        return page.Items is [var found] ? found : null;
    }

    /// <summary>All but those that were abandoned long ago, the latest first.</summary>
    public Task<DocumentPage<Subscription>> ListAsync(string accountId, int limit, string? after, CancellationToken cancellationToken) =>
        _subscriptions.QueryAsync(Of(accountId) with { Limit = limit, After = after }, cancellationToken);

    public IAsyncEnumerable<Stored<Subscription>> AllAsync(string accountId, CancellationToken cancellationToken) =>
        _subscriptions.QueryAllAsync(Of(accountId), cancellationToken);

    /// <summary>Those that began: there is a payment, a trial or a code for each, which bounds them.</summary>
    public IAsyncEnumerable<Stored<Subscription>> BegunAsync(string accountId, CancellationToken cancellationToken) => _subscriptions.QueryAllAsync(
        new() { Filters = [DocumentFilter.Equal("begun", accountId)], Sort = [new("created", Descending: true)] }, cancellationToken);

    /// <summary>Whether the account has, or had, or is about to have one.</summary>
    public async Task<bool> HadTrialAsync(string accountId, CancellationToken cancellationToken) =>
        (await _subscriptions.QueryAsync(new() { Filters = [DocumentFilter.Equal("trial", accountId)], Limit = 1 }, cancellationToken)).Items.Count > 0;

    /// <summary>Those of an account with a code, but for the abandoned: one that began, and one that did not yet, at most.</summary>
    public async Task<IReadOnlyList<Subscription>> WithCodeAsync(string code, string accountId, CancellationToken cancellationToken)
    {
        var with = new DocumentQuery { Filters = [DocumentFilter.Equal("promo", Redemption.IdOf(code, accountId))], Limit = 2 };
        return [.. (await _subscriptions.QueryAsync(with, cancellationToken)).Items.Select(item => item.Value)];
    }

    /// <summary>Removes what was never begun and is over since before then: nothing refers to it.</summary>
    public Task RemoveAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken) => _subscriptions.DeleteAllAsync(
        new() { Filters = [DocumentFilter.AtMost("abandoned", before)], Sort = [new("abandoned")], Limit = 500 }, cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => _subscriptions.DeleteAsync(id, null, cancellationToken);

    /// <summary>False when the account has one that has not ended.</summary>
    public async Task<bool> AddAsync(Subscription subscription, CancellationToken cancellationToken) =>
        await _subscriptions.InsertAsync(subscription.Id, subscription, cancellationToken) is not null;

    /// <summary>Null when somebody else wrote since it was read.</summary>
    public Task<Stored<Subscription>?> ReplaceAsync(Stored<Subscription> seen, Subscription next, CancellationToken cancellationToken) =>
        _subscriptions.ReplaceAsync(seen.Id, seen.Version, next, cancellationToken);

    /// <summary>Those that there is something to do about, the longest waiting first.</summary>
    public IAsyncEnumerable<Stored<Subscription>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _subscriptions.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("due", now)], Sort = [new("due")], Limit = 500 }, cancellationToken);

    private static DocumentQuery Of(string accountId) => new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("created", Descending: true)] };
}
