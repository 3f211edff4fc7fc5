using System.Security.Cryptography;
using FlickStream.Platform.Documents;

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

    /// <summary>All that there ever were, the latest first.</summary>
    public IAsyncEnumerable<Stored<Subscription>> HistoryAsync(string accountId, CancellationToken cancellationToken) => _subscriptions.QueryAllAsync(
        new() { Filters = [DocumentFilter.Equal("account", accountId)], Sort = [new("created", Descending: true)] }, cancellationToken);

    /// <summary>False when the account has one that has not ended.</summary>
    public async Task<bool> AddAsync(Subscription subscription, CancellationToken cancellationToken) =>
        await _subscriptions.InsertAsync(subscription.Id, subscription, cancellationToken) is not null;

    /// <summary>Null when somebody else wrote since it was read.</summary>
    public Task<Stored<Subscription>?> ReplaceAsync(Stored<Subscription> seen, Subscription next, CancellationToken cancellationToken) =>
        _subscriptions.ReplaceAsync(seen.Id, seen.Version, next, cancellationToken);

    /// <summary>Those that there is something to do about, the longest waiting first.</summary>
    public IAsyncEnumerable<Stored<Subscription>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _subscriptions.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("due", now)], Sort = [new("due")], Limit = 500 }, cancellationToken);
}
