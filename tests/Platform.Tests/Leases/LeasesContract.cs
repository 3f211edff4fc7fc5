using FlickStream.Platform.Leases;

namespace FlickStream.Platform.Tests.Leases;

/// <summary>What every adapter of <see cref="ILeases"/> keeps.</summary>
public abstract class LeasesContract
{
    /// <summary>How long places are taken for; adapters on a clock of their own make it short.</summary>
    protected virtual TimeSpan Life => TimeSpan.FromMinutes(1);

    protected abstract ILeases Leases { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Lets time pass for the adapter.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task A_group_holds_its_limit_and_no_more()
    {
        Assert.True(await AcquireAsync("a"));
        Assert.True(await AcquireAsync("b"));
        Assert.False(await AcquireAsync("c"));
        Assert.Equal(2, await Leases.CountAsync("g", Ct));
    }

    [Fact]
    public async Task A_holder_renews_although_the_group_is_full()
    {
        await AcquireAsync("a");
        await AcquireAsync("b");
        Assert.True(await AcquireAsync("a"));
        Assert.Equal(2, await Leases.CountAsync("g", Ct));
    }

    [Fact]
    public async Task A_place_given_up_is_free_at_once()
    {
        await AcquireAsync("a");
        await AcquireAsync("b");
        await Leases.ReleaseAsync("g", "a", Ct);
        await Leases.ReleaseAsync("g", "a", Ct);
        await Leases.ReleaseAsync("nothing", "held", Ct);
        Assert.True(await AcquireAsync("c"));
        Assert.False(await AcquireAsync("a"));
    }

    [Fact]
    public async Task A_place_that_is_not_renewed_falls_free()
    {
        await AcquireAsync("a");
        await AcquireAsync("b");
        await PassAsync(Life / 2);
        Assert.True(await AcquireAsync("b"));
        await PassAsync(Life / 2 + TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await Leases.CountAsync("g", Ct));
        Assert.True(await AcquireAsync("c"));
        Assert.False(await AcquireAsync("a"));
    }

    [Fact]
    public async Task Those_who_hold_a_place_are_told_by_name()
    {
        await AcquireAsync("a");
        await AcquireAsync("b");
        await PassAsync(Life / 2);
        await AcquireAsync("b");
        await AcquireAsync("c");
        Assert.Equal(["a", "b"], (await Leases.HoldersAsync("g", Ct)).Order());
        await PassAsync(Life / 2 + TimeSpan.FromMilliseconds(1));
        Assert.Equal(["b"], await Leases.HoldersAsync("g", Ct));
        Assert.Empty(await Leases.HoldersAsync("nobody's", Ct));
    }

    [Fact]
    public async Task Groups_do_not_mix()
    {
        await AcquireAsync("a");
        await AcquireAsync("b");
        Assert.True(await Leases.AcquireAsync("other", "c", 1, Life, Ct));
        Assert.Equal(0, await Leases.CountAsync("empty", Ct));
    }

    [Fact]
    public async Task Of_parallel_callers_exactly_the_limit_wins()
    {
        for (var round = 0; round < 20; round++)
        {
            var group = $"round-{round}";
            var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(
                async () => await Leases.AcquireAsync(group, $"{i}", 3, Life, Ct))));
            Assert.Equal(3, won.Count(granted => granted));
            Assert.Equal(3, await Leases.CountAsync(group, Ct));
        }
    }

    [Fact]
    public async Task A_lowered_limit_leaves_that_many_after_their_next_renewal()
    {
        foreach (var holder in (string[])["a", "b", "c"]) await Leases.AcquireAsync("g", holder, 3, Life, Ct);
        var renewed = new List<bool>();
        foreach (var holder in (string[])["a", "b", "c"]) renewed.Add(await Leases.AcquireAsync("g", holder, 1, Life, Ct));
        Assert.Equal([false, false, true], renewed);
        Assert.False(await Leases.AcquireAsync("none", "a", 0, Life, Ct));
    }

    private async Task<bool> AcquireAsync(string holder) => await Leases.AcquireAsync("g", holder, 2, Life, Ct);
}
