using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Promotions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>Places of codes, of which as many are given as there are, without looking at all of them.</summary>
public sealed class PromoPlacesTests : IAsyncDisposable
{
    private readonly TestDocuments _storage = new();
    private readonly FakeTimeProvider _clock = new(new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDocumentSet<Redemption> Redemptions => _storage.Documents.Set(Redemption.Schema);

    private PromoStore Store => new(_storage.Documents, new SubscriptionStore(_storage.Documents), _clock, Options.Create(new SubscriptionOptions()));

    [Fact]
    public async Task Places_that_were_given_up_are_given_again_and_never_twice()
    {
        var promo = Code(5);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Store.HoldAsync(promo, $"a{i}", Ct)));
        Assert.Equal((5L, PromoProblems.UsedUp), (await Store.UsedAsync("CODE", Ct), await Store.HoldAsync(promo, "late", Ct)));
        _clock.Advance(TimeSpan.FromDays(2));
        await Store.SweepAsync(Ct);
        Assert.Equal(0, await Store.UsedAsync("CODE", Ct));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Store.HoldAsync(promo, $"b{i}", Ct)));
        Assert.Equal(5, answers.Count(answer => answer is null));
        Assert.Equal([1, 2, 3, 4, 5], await PlacesAsync());
        Assert.Equal(5, await Store.UsedAsync("CODE", Ct));
    }

    [Fact]
    public async Task Whoever_gave_up_a_place_may_take_one_again()
    {
        var promo = Code(1);
        Assert.Null(await Store.HoldAsync(promo, "ann", Ct));
        _clock.Advance(TimeSpan.FromDays(2));
        await Store.SweepAsync(Ct);
        Assert.Null(await Store.HoldAsync(promo, "ann", Ct));
        Assert.Equal(PromoProblems.UsedUp, await Store.HoldAsync(promo, "bob", Ct));
    }

    [Fact]
    public async Task A_place_that_was_held_for_nothing_is_given_back_at_once()
    {
        Assert.Null(await Store.HoldAsync(Code(1), "ann", Ct));
        await Store.ReleaseAsync("CODE", "ann", Ct);
        Assert.Null(await Store.HoldAsync(Code(1), "bob", Ct));
        await Redemptions.UpdateAsync("CODE:bob", held => held with { HeldSince = null }, Ct);
        await Store.ReleaseAsync("CODE", "bob", Ct);
        Assert.Equal(PromoProblems.UsedUp, await Store.HoldAsync(Code(1), "ann", Ct));
    }

    [Fact]
    public async Task A_place_that_is_said_to_be_free_and_is_not_is_passed_over()
    {
        // Of a node that was killed after it gave the place.
        await Redemptions.InsertAsync("CODE:gone", new Redemption("CODE", "gone", null, null, 1), Ct);
        await Redemptions.InsertAsync("CODE:ann", new Redemption("CODE", "ann", 1, _clock.GetUtcNow()), Ct);
        Assert.Null(await Store.HoldAsync(Code(2), "bob", Ct));
        Assert.Equal([1, 2], await PlacesAsync());
        Assert.Equal(PromoProblems.UsedUp, await Store.HoldAsync(Code(2), "eve", Ct));
    }

    [Fact]
    public async Task Whoever_goes_leaves_their_place_used_and_nothing_of_themselves()
    {
        await Redemptions.InsertAsync("CODE:ann", new Redemption("CODE", "ann", 1, null), Ct);
        await Store.ForgetPersonAsync("ann", Ct);
        Assert.Equal(PromoProblems.UsedUp, await Store.HoldAsync(Code(1), "bob", Ct));
        await foreach (var one in Redemptions.QueryAllAsync(new(), Ct)) Assert.DoesNotContain("ann", $"{one.Id} {one.Value}");
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private async Task<List<int>> PlacesAsync()
    {
        var all = await Redemptions.QueryAllAsync(new(), Ct).ToListAsync(Ct);
        return [.. all.Select(one => one.Value.Place).OfType<int>().Order()];
    }

    private PromoCode Code(int limit) => new() { Code = "CODE", Content = new PromoContent { Percent = 10, Limit = limit }, Revision = 1, CreatedAt = _clock.GetUtcNow() };
}
