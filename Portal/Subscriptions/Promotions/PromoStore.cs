using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Subscriptions.Promotions;

internal sealed class PromoStore(IDocuments documents, SubscriptionStore subscriptions, TimeProvider time, IOptions<SubscriptionOptions> options)
{
    private readonly IDocumentSet<PromoCode> _codes = documents.Set(PromoCode.Schema);
    private readonly IDocumentSet<Redemption> _redemptions = documents.Set(Redemption.Schema);
    private readonly PromoPlaces _places = new(documents);

    public async Task<PromoCode?> GetAsync(string code, CancellationToken stop) => (await _codes.GetAsync(code, stop))?.Value;

    public Task<DocumentPage<PromoCode>> ListAsync(int limit, string? after, CancellationToken stop) =>
        _codes.QueryAsync(new() { Limit = limit, After = after }, stop);

    public Task<long> UsedAsync(string code, CancellationToken stop) => _places.UsedAsync(code, stop);

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
                if (mine.Value.Place is null)
                {
                    // As good as none: whoever gave its place up takes any.
                    await _places.ForgetAsync(mine, stop);
                    continue;
                }

                if (mine.Value.HeldSince is null || await StateAsync(mine.Value, stop) == Use.Begun) return PromoProblems.Used;
                var again = mine.Value with { HeldSince = time.GetUtcNow() };
                if (await _redemptions.ReplaceAsync(id, mine.Version, again, stop) is not null) return null;
                continue;
            }

            if (await _places.FindAsync(promo, stop) is not { } free) return PromoProblems.UsedUp;
            if (await _places.TakeAsync(free, new Redemption(promo.Code, accountId, free.Place, time.GetUtcNow()), stop)) return null;
        }
    }

    /// <summary>Gives up a place at once that no subscription began with, nor is about to.</summary>
    public async Task ReleaseAsync(string code, string accountId, CancellationToken stop)
    {
        // Whoever holds it anew meanwhile keeps it.
        if (await _redemptions.GetAsync(Redemption.IdOf(code, accountId), stop) is { Value: { Place: not null, HeldSince: not null } } held
            && await StateAsync(held.Value, stop) == Use.None) await _redemptions.ReplaceAsync(held.Id, held.Version, held.Value.GivenUp(), stop);
    }

    /// <summary>Gives up the places of subscriptions that never began, and keeps for good those of the others.</summary>
    public async Task SweepAsync(CancellationToken stop)
    {
        var before = time.GetUtcNow() - options.Value.CheckoutLife - TimeSpan.FromHours(1);
        await foreach (var held in _redemptions.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("held", before)], Sort = [new("held")] }, stop))
        {
            var use = await StateAsync(held.Value, stop);
            if (use == Use.Begun) await _redemptions.ReplaceAsync(held.Id, held.Version, held.Value with { HeldSince = null }, stop);
            if (use == Use.None) await _redemptions.ReplaceAsync(held.Id, held.Version, held.Value.GivenUp(), stop);
        }
    }

    /// <summary>The codes that it uses, or has a place of.</summary>
    public IAsyncEnumerable<string> OfAccountAsync(string accountId, CancellationToken stop) =>
        _redemptions.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, stop).Where(one => one.Value.Place is not null).Select(one => one.Value.Code);

    /// <summary>Takes the person out: places that they used stay used.</summary>
    public async Task ForgetPersonAsync(string accountId, CancellationToken stop)
    {
        await foreach (var one in _redemptions.QueryAllAsync(new() { Filters = [DocumentFilter.Equal("account", accountId)] }, stop))
        {
            var isUsed = one.Value.Place is not null && (one.Value.HeldSince is null || await StateAsync(one.Value, stop) == Use.Begun);
            await _places.ForgetAsync(isUsed || one.Value.Place is null ? one : one with { Value = one.Value.GivenUp() }, stop);
        }
    }

    private async Task<Use> StateAsync(Redemption redemption, CancellationToken stop)
    {
        var with = await subscriptions.WithCodeAsync(redemption.Code, redemption.AccountId, stop);
        return with.Any(subscription => subscription.IsBegun) ? Use.Begun : with.Count > 0 ? Use.Open : Use.None;
    }

    private enum Use
    {
        None,
        Open,
        Begun,
    }
}
