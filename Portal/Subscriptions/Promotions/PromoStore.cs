using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Promotions;

internal sealed class PromoStore(IDocuments documents, SubscriptionStore subscriptions, TimeProvider time, IOptions<SubscriptionOptions> options)
{
    private readonly IDocumentSet<PromoCode> _codes = documents.Set(PromoCode.Schema);
    private readonly IDocumentSet<Redemption> _redemptions = documents.Set(Redemption.Schema);

    public async Task<PromoCode?> GetAsync(string code, CancellationToken stop) => (await _codes.GetAsync(code, stop))?.Value;

    public Task<DocumentPage<PromoCode>> ListAsync(int limit, string? after, CancellationToken stop) =>
        _codes.QueryAsync(new() { Limit = limit, After = after }, stop);

    public Task<long> UsedAsync(string code, CancellationToken stop) => _redemptions.CountAsync([DocumentFilter.Equal("code", code)], stop);

    /// <summary>Null when there is one of this code.</summary>
    public async Task<PromoCode?> AddAsync(PromoCode code, CancellationToken stop) => (await _codes.InsertAsync(code.Code, code, stop))?.Value;

    /// <summary>Null when it is no longer of that revision.</summary>
    /// <param name="revision">Null for any.</param>
    public async Task<PromoCode?> ChangeAsync(string code, long? revision, PromoContent content, CancellationToken stop)
    {
        while (await _codes.GetAsync(code, stop) is { Value: var seen } stored && seen.Revision == (revision ?? seen.Revision))
            if (await _codes.ReplaceAsync(code, stored.Version, seen with { Content = content, Revision = seen.Revision + 1 }, stop) is { } written) return written.Value;
        return null;
    }

    /// <summary>Keeps a place for a subscription that is to begin with the code.</summary>
    /// <param name="promo">The code.</param>
    /// <param name="accountId">Whose.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>Why not; null when it is kept.</returns>
    public async Task<Problem?> HoldAsync(PromoCode promo, string accountId, CancellationToken stop)
    {
        var id = Redemption.IdOf(promo.Code, accountId);
        while (true)
        {
            if (await _redemptions.GetAsync(id, stop) is { } mine)
            {
                if (mine.Value.HeldSince is null || await StateAsync(mine.Value, stop) == Use.Begun) return PromoProblems.Used;
                var again = mine.Value with { HeldSince = time.GetUtcNow() };
                if (await _redemptions.ReplaceAsync(id, mine.Version, again, stop) is not null) return null;
                continue;
            }

            var place = await FreePlaceAsync(promo, stop);
            if (place is null) return PromoProblems.UsedUp;
            // Whoever is second to a place takes the next one.
            if (await _redemptions.InsertAsync(id, new Redemption(promo.Code, accountId, place.Value, time.GetUtcNow()), stop) is not null) return null;
        }
    }

    /// <summary>Gives up the places of subscriptions that never began, and keeps for good those of the others.</summary>
    public async Task SweepAsync(CancellationToken stop)
    {
        var before = time.GetUtcNow() - options.Value.CheckoutLife - TimeSpan.FromHours(1);
        await foreach (var held in _redemptions.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("held", before)], Sort = [new("held")] }, stop))
        {
            var use = await StateAsync(held.Value, stop);
            if (use == Use.Begun) await _redemptions.ReplaceAsync(held.Id, held.Version, held.Value with { HeldSince = null }, stop);
            if (use == Use.None) await _redemptions.DeleteAsync(held.Id, held.Version, stop);
        }
    }

    public IAsyncEnumerable<Stored<Redemption>> OfAccountAsync(string accountId, CancellationToken stop) =>
        _redemptions.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, stop);

    private async Task<Use> StateAsync(Redemption redemption, CancellationToken stop)
    {
        var use = Use.None;
        await foreach (var (_, _, subscription) in subscriptions.HistoryAsync(redemption.AccountId, stop))
        {
            if (subscription.PromoCode != redemption.Code || subscription.State == SubscriptionState.IncompleteExpired) continue;
            if (subscription.State != SubscriptionState.Incomplete) return Use.Begun;
            use = Use.Open;
        }

        return use;
    }

    private enum Use
    {
        None,
        Open,
        Begun,
    }

    private async Task<int?> FreePlaceAsync(PromoCode promo, CancellationToken stop)
    {
        var all = new DocumentQuery { Filters = [DocumentFilter.Equal("code", promo.Code)], Sort = [new("place", Descending: true)], Limit = 1 };
        var last = (await _redemptions.QueryAsync(all, stop)).Items is [var found] ? found.Value.Place : 0;
        if (last < (promo.Content.Limit ?? int.MaxValue)) return last + 1;
        // The last place is taken: is one free before it?
        var taken = new HashSet<int>();
        await foreach (var (_, _, used) in _redemptions.QueryAllAsync(all with { Limit = 1000 }, stop)) taken.Add(used.Place);
        return Enumerable.Range(1, promo.Content.Limit!.Value).Where(place => !taken.Contains(place)).Select(place => (int?)place).FirstOrDefault();
    }
}
