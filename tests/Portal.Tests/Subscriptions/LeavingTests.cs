using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Subscriptions;

/// <summary>Whoever asked for their account to be deleted, while they may still keep it.</summary>
public sealed class LeavingTests(LongTimes times) : IClassFixture<LongTimes>
{
    private const string LaterDeclined = "4000000000000341";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "canceled", 1)]
    [InlineData(true, "active", 2)]
    public async Task What_was_declined_is_given_up_at_its_next_try_unless_its_owner_stays(bool isStaying, string state, int paid)
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var end = (await person.SubscribeAsync("basic", card: LaterDeclined)).GetProperty("periodEnd").GetDateTimeOffset();
        await SweepAtAsync(host, end.AddMinutes(1));
        await LeaveAsync(person);
        if (isStaying) await StayAsync(person);
        await MendCardsAsync(host);
        await SweepAtAsync(host, end.AddDays(1.1));
        // The portal's own sweep, which begins when the clock is moved, may be at it.
        for (var round = 0; round < 500 && await StateAsync(host, person) == "pastDue"; round++) await host.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);
        Assert.Equal((state, paid), (await StateAsync(host, person), await PaidAsync(host, person)));
        await SweepAtAsync(host, end.AddDays(16));
        Assert.Equal(paid, await PaidAsync(host, person));
    }

    [Fact]
    public async Task A_bill_whose_charge_was_put_off_is_given_up()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        await person.SubscribeAsync("basic");
        var subscriptions = host.Services.GetRequiredService<SubscriptionStore>();
        var stored = (await subscriptions.OfAccountAsync(await IdAsync(host, person), Ct))!;
        // As a node leaves it that is killed before the provider was asked.
        var bill = Portal.Subscriptions.Billing.Bills.Renewal(
            stored.Id, stored.Value.Plan, "Basic", stored.Value.Period!, stored.Value.Period!.GraceEnd, TimeSpan.FromDays(15), host.Clock.GetUtcNow());
        await subscriptions.ReplaceAsync(stored, stored.Value with { Bill = bill }, Ct);
        await LeaveAsync(person);
        await SweepAtAsync(host, host.Clock.GetUtcNow().AddMinutes(1));
        Assert.Equal(("canceled", 1), (await StateAsync(host, person), await PaidAsync(host, person)));
    }

    [Fact]
    public async Task A_renewal_that_will_not_be_is_not_announced_until_its_owner_stays()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        var end = (await person.SubscribeAsync("basic")).GetProperty("periodEnd").GetDateTimeOffset();
        await LeaveAsync(person);
        var letters = await host.LettersAsync(person.Email, atLeast: 2);
        await SweepAtAsync(host, end.AddDays(-2.5));
        Assert.Equal(letters, await host.LettersAsync(person.Email));
        await StayAsync(person);
        await SweepAtAsync(host, end.AddDays(-1.4));
        Assert.Contains("7.99 USD", await host.LetterAsync(person.Email, "Your subscription renews soon"));
    }

    [Theory]
    [InlineData("/api/subscription")]
    [InlineData("/api/subscription/upgrade")]
    [InlineData("/api/subscription/card")]
    public async Task Nothing_is_bought_for_an_account_that_is_to_be_deleted(string path)
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        await LeaveAsync(person);
        await person.SignInAsync();
        var order = new { planId = "basic", currency = "USD", amount = 5.0m };
        await Problems.IsAsync(await person.PostAsync(path, order), HttpStatusCode.Conflict, "account_leaving");
        await StayAsync(person);
        using var answer = await person.PostAsync(path, order);
        Assert.DoesNotContain("account_leaving", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task When_it_is_deleted_is_told_by_the_clock_of_the_account()
    {
        var host = times.Host;
        using var person = await Person.RegisteredAsync(host);
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.PatchAsJsonAsync("/api/accounts/me", new { timeZone = "Asia/Tokyo" }, Ct)).StatusCode);
        using var answer = await person.Browser.DeleteAsync("/api/accounts/me", Ct);
        var at = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("deletionAt").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(9));
        Assert.Contains(
            at.ToString("yyyy-MM-dd 'at' HH:mm '(Asia/Tokyo)'", CultureInfo.InvariantCulture), await host.LetterAsync(person.Email, "Your account is to be deleted"));
    }

    private static async Task LeaveAsync(Person person)
    {
        // After a month a session may still last, and is no proof any more of who sits there.
        await person.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await person.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
    }

    private static async Task StayAsync(Person person)
    {
        await person.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await person.PostAsync("/api/accounts/me/keep", new { })).StatusCode);
    }

    /// <summary>The bank takes from now on what it declined.</summary>
    private static async Task MendCardsAsync(PortalHost host)
    {
        var cards = host.Services.GetRequiredService<IDocuments>().Set(SandboxCard.Schema);
        await foreach (var card in cards.QueryAllAsync(new(), Ct)) await cards.ReplaceAsync(card.Id, card.Version, card.Value with { Number = Subscriber.Good }, Ct);
    }

    private static async Task SweepAtAsync(PortalHost host, DateTimeOffset at)
    {
        host.Clock.LeapTo(at);
        await host.Services.GetRequiredService<SubscriptionSweep>().SweepAsync(Ct);
    }

    private static async Task<string?> StateAsync(PortalHost host, Person person) => (await OfAsync(host, person, "subscriptions"))[0].GetProperty("state").GetString();

    private static async Task<int> PaidAsync(PortalHost host, Person person) => (await OfAsync(host, person, "invoices")).GetArrayLength();

    private static async Task<JsonElement> OfAsync(PortalHost host, Person person, string what) =>
        (await host.Admin.GetFromJsonAsync<JsonElement>($"/api/users/{await IdAsync(host, person)}/{what}", Ct)).GetProperty("items");

    private static async Task<string> IdAsync(PortalHost host, Person person) =>
        (await host.Admin.GetFromJsonAsync<JsonElement>($"/api/users?email={person.Email}", Ct)).GetProperty("items")[0].GetProperty("id").GetString()!;
}
