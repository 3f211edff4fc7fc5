using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Promotions;

/// <summary>The places of a code: given in turn, and those that were given up first. Each question is one range of an index, however many use the code.</summary>
internal sealed class PromoPlaces(IDocuments documents)
{
    private const string Nobody = "";

    private readonly IDocumentSet<Redemption> _redemptions = documents.Set(Redemption.Schema);

    /// <summary>Null where all are taken.</summary>
    public async Task<FreePlace?> FindAsync(PromoCode promo, CancellationToken stop)
    {
        var most = promo.Content.Limit ?? int.MaxValue;
        var given = new DocumentQuery { Filters = [DocumentFilter.Equal("free", promo.Code)], Sort = [new("freePlace")], Limit = 1 };
        if ((await _redemptions.QueryAsync(given, stop)).Items is [var up] && up.Value.FreePlace <= most) return new FreePlace(up.Value.FreePlace!.Value, up);
        var last = await LastAsync(promo.Code, stop);
        return last < most ? new FreePlace(last + 1, null) : null;
    }

    /// <summary>False where somebody was first; another is to be found then.</summary>
    public async Task<bool> TakeAsync(FreePlace free, Redemption redemption, CancellationToken stop)
    {
        var isTaken = await _redemptions.InsertAsync(Redemption.IdOf(redemption.Code, redemption.AccountId), redemption, stop) is not null;
        // Only then: whoever is killed in between leaves one that says so of a place that is taken, which the next to try it removes.
        if (free.GivenUp is { } up && (isTaken || await IsTakenAsync(redemption, stop))) await _redemptions.DeleteAsync(up.Id, up.Version, stop);
        return isTaken;
    }

    /// <summary>How many are taken.</summary>
    public async Task<long> UsedAsync(string code, CancellationToken stop)
    {
        var last = await LastAsync(code, stop);
        return last - await _redemptions.CountAsync([DocumentFilter.Equal("free", code), DocumentFilter.Below("freePlace", last)], stop);
    }

    /// <summary>Leaves its place, taken or given up, to nobody in particular.</summary>
    public async Task ForgetAsync(Stored<Redemption> one, CancellationToken stop)
    {
        if (!await _redemptions.DeleteAsync(one.Id, one.Version, stop)) return;
        var nobodys = one.Value with { AccountId = Nobody, HeldSince = null };
        await _redemptions.InsertAsync($"{one.Value.Code}:{(one.Value.Place is null ? "free" : "used")}:{one.Value.Place ?? one.Value.FreePlace}", nobodys, CancellationToken.None);
    }

    private async Task<bool> IsTakenAsync(Redemption redemption, CancellationToken stop) =>
        await _redemptions.CountAsync([DocumentFilter.Equal("code", redemption.Code), DocumentFilter.Equal("place", redemption.Place)], stop) > 0;

    private async Task<int> LastAsync(string code, CancellationToken stop)
    {
        var last = new DocumentQuery { Filters = [DocumentFilter.Equal("code", code)], Sort = [new("place", Descending: true)], Limit = 1 };
        return (await _redemptions.QueryAsync(last, stop)).Items is [var found] ? found.Value.Place!.Value : 0;
    }
}

/// <param name="GivenUp">By whom; null where nobody had it before.</param>
internal sealed record FreePlace(int Place, Stored<Redemption>? GivenUp);
