using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Ledger;
using FlickStream.Portal.Subscriptions.Prices;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Subscriptions.Simulation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>What the accounts of the ledger hold, without reading its entries.</summary>
public sealed class LedgerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset January = new(2027, 1, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly TestDocuments _storage = new();
    private readonly FakeTimeProvider _clock = new(January);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDocumentSet<LedgerEntry> Entries => _storage.Documents.Set(LedgerEntry.Schema);

    private IDocumentSet<LedgerMonth> Months => _storage.Documents.Set(LedgerMonth.Schema);

    [Fact]
    public async Task Each_entry_is_counted_once_by_however_many_nodes_that_are_killed_anywhere()
    {
        var fate = new Fate(3);
        var nodes = Enumerable.Range(0, 3).Select(_ => new LedgerBalances(new FaultyDocuments(_storage.Documents, fate, _ => { }))).ToList();
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AddAsync($"{round}:{i}", January.AddHours((round * 3) + i), 1)));
            await Task.WhenAll(nodes.Select(CountAsync));
            Assert.Equal((round + 1) * 10, Cash((await nodes[0].ReadAsync(Ct)).Sums));
        }

        fate.IsKind = true;
        await nodes[0].CountAsync(Ct);
        Assert.True(fate.Kills > 0);
        var read = await nodes[0].ReadAsync(Ct);
        Assert.Equal(400, Cash(read.Sums));
        Assert.Equal([400L, 2], [read.Months.Sum(month => month.Entries), read.Months.Count]);
        Assert.Equal(0, await Entries.CountAsync([DocumentFilter.AtLeast("uncounted", DateTimeOffset.UnixEpoch)], Ct));
    }

    [Fact]
    public async Task What_is_counted_is_not_read_again()
    {
        for (var i = 0; i < 20; i++) await AddAsync($"{i}", January, 1);
        var balances = new LedgerBalances(_storage.Documents);
        await balances.CountAsync(Ct);
        // As if they were elsewhere by now: only the sums are asked.
        await Entries.DeleteAllAsync(new(), Ct);
        await AddAsync("new", January, 5);
        Assert.Equal(25, Cash((await balances.ReadAsync(Ct)).Sums));
    }

    [Fact]
    public async Task Sums_that_are_not_those_of_the_entries_are_found()
    {
        await AddAsync("one", January, 3);
        var (balances, check) = (new LedgerBalances(_storage.Documents), new LedgerCheck(_storage.Documents, _clock, NullLogger<LedgerCheck>.Instance));
        await balances.CountAsync(Ct);
        Assert.True(await check.CheckAsync(Ct));
        Assert.False(await check.CheckAsync(Ct));
        Assert.Null((await MonthAsync()).Wrong);

        await AddAsync("two", January, 4);
        _clock.Advance(TimeSpan.FromDays(1));
        // What is not counted yet is no fault.
        Assert.True(await check.CheckAsync(Ct));
        Assert.Null((await MonthAsync()).Wrong);
        await balances.CountAsync(Ct);
        await Months.UpdateAsync("2027-01", month => month with { Sums = [.. month.Sums.Select(sum => sum with { Amount = sum.Amount.Plus(sum.Amount) })] }, Ct);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await check.CheckAsync(Ct));
        Assert.Equal("cash:sandbox USD", (await MonthAsync()).Wrong);
    }

    [Fact]
    public async Task An_entry_that_does_not_balance_is_found()
    {
        var entry = new LedgerEntry { Id = "lame", At = January, SubscriptionId = "s", Postings = [new("cash:sandbox", Usd(1)), new("revenue", Usd(-2))] };
        await Entries.InsertAsync(entry.Id, entry, Ct);
        await new LedgerBalances(_storage.Documents).CountAsync(Ct);
        await new LedgerCheck(_storage.Documents, _clock, NullLogger<LedgerCheck>.Instance).CheckAsync(Ct);
        Assert.Equal("lame does not balance", (await MonthAsync()).Wrong);
    }

    [Fact]
    public async Task Administrators_are_told_what_the_accounts_hold_and_when_that_was_checked()
    {
        await using var portal = await PortalHost.StartAsync();
        using var person = await Person.RegisteredAsync(portal);
        await person.SubscribeAsync("basic");
        var balance = await portal.Admin.GetFromJsonAsync<JsonElement>("/api/admin/ledger/balance", Ct);
        Assert.Equal(["cash:sandbox 7.99", "receivable 0.00", "revenue -7.99"], balance.GetProperty("items").EnumerateArray().Select(item =>
            $"{item.GetProperty("account").GetString()} {item.GetProperty("amount").GetProperty("amount").GetRawText()}"));
        Assert.True(balance.GetProperty("isBalanced").GetBoolean());
        Assert.Equal(0, balance.GetProperty("wrong").GetArrayLength());
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private static async Task CountAsync(LedgerBalances node)
    {
        try
        {
            await node.CountAsync(Ct);
        }
        catch (NodeKilledException)
        {
            // The next round it is there again.
        }
    }

    private async Task AddAsync(string id, DateTimeOffset at, decimal amount) =>
        await Entries.InsertAsync(id, new LedgerEntry { Id = id, At = at, SubscriptionId = "s", Postings = [new("cash:sandbox", Usd(amount)), new("revenue", Usd(-amount))] }, Ct);

    private async Task<LedgerMonth> MonthAsync() => (await Months.GetAsync("2027-01", Ct))!.Value;

    private static decimal Cash(IReadOnlyList<Posting> sums) => sums.Single(sum => sum.Account == "cash:sandbox").Amount.Amount;

    private static Money Usd(decimal amount) => new Money(amount, "USD").Rounded();
}
