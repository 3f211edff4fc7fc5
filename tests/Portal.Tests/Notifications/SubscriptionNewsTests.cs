using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Tests.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Notifications;

public sealed class SubscriptionNewsTests
{
    private static readonly Dictionary<string, string?> Kept = new()
    {
        ["Platform:Sessions:ViewerIdle"] = "400.00:00:00", ["Platform:Sessions:ViewerLife"] = "400.00:00:00", ["Notifications:Memory"] = "365.00:00:00",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renewals_and_their_reminders_are_told_in_the_app_and_written_about_once()
    {
        await using var portal = await LongTimes.StartAsync(Kept);
        using var person = await Told.PersonAsync(portal);
        await person.SubscribeAsync("basic");
        var letters = await portal.LettersAsync(person.Email);
        await PassAsync(portal, TimeSpan.FromDays(40));
        var told = await person.ToldAsync();
        Assert.Equal(["renewalReminder", "renewed"], told.Select(one => one.GetProperty("kind").GetString()!).Order());
        var reminder = told.Single(one => one.GetProperty("kind").GetString() == "renewalReminder");
        Assert.Matches("[0-9]{4}-[0-9]{2}-[0-9]{2}", reminder.GetProperty("day").GetString());
        Assert.EndsWith(" USD", reminder.GetProperty("price").GetString(), StringComparison.Ordinal);
        await portal.SweepAsync();
        Assert.Equal(letters + 1, await portal.LettersAsync(person.Email));
        Assert.Contains(reminder.GetProperty("day").GetString()!, await portal.LetterAsync(person.Email, "Your subscription renews soon"));
    }

    [Fact]
    public async Task A_payment_that_fails_is_told_until_the_subscription_ends()
    {
        await using var portal = await LongTimes.StartAsync(Kept);
        using var person = await Told.PersonAsync(portal);
        await person.SubscribeAsync("basic", card: "4000000000000341");
        var letters = await portal.LettersAsync(person.Email);
        await PassAsync(portal, TimeSpan.FromDays(100));
        Assert.Equal(["accessLost", "paymentFailed", "renewalReminder", "subscriptionEnded"], (await person.KindsAsync()).Order());
        Assert.Equal(letters + 4, await portal.LettersAsync(person.Email));
    }

    private static async Task PassAsync(PortalHost portal, TimeSpan time)
    {
        var sweep = portal.Services.GetRequiredService<SubscriptionSweep>();
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromDays(1))
        {
            portal.Clock.Advance(TimeSpan.FromDays(1));
            await sweep.SweepAsync(Ct);
            // What is done twice is told once.
            if (passed.Days % 10 == 0) await sweep.SweepAsync(Ct);
        }
    }
}
