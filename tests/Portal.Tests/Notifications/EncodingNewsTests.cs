using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Notifications;
using FlickStream.Portal.Notifications.News;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Notifications;

public sealed class EncodingNewsTests(WebhookPortal on) : IClassFixture<WebhookPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PortalHost Portal => on.Portal;

    [Fact]
    public async Task A_studio_s_people_and_endpoints_hear_that_an_encoding_ended_each_once()
    {
        await using var receiver = await Receiver.StartAsync();
        using var studio = await Studio.OfAsync(Portal);
        using var key = await WebhookPortal.KeyAsync(Portal, studio);
        var (_, secret) = await key.EndpointAsync(receiver.Url);
        using var one = await PersonAsync(studio);
        using var two = await PersonAsync(studio);
        using var stranger = await Told.PersonAsync(Portal);

        var asset = await studio.AssetAsync();
        await EndAsync($"{asset}-r1", new EncodingOutcome(asset, true, null, Portal.Clock.GetUtcNow(), Portal.Clock.GetUtcNow()));
        var hooked = await receiver.NextAsync();
        Assert.True(hooked.IsSignedWith(secret));
        Assert.Equal("encode.finished", hooked.Message.GetProperty("type").GetString());
        Assert.Equal(asset, hooked.Message.GetProperty("data").GetProperty("assetId").GetString());

        await Task.WhenAll(TellAsync(), TellAsync());
        foreach (var person in new[] { one, two })
        {
            var told = Assert.Single(await person.ToldAsync());
            Assert.Equal("encodeFinished", told.GetProperty("kind").GetString());
            Assert.Equal(asset, told.GetProperty("assetId").GetString());
        }

        Assert.Empty(await stranger.ToldAsync());
        Assert.Equal(0, receiver.Waiting);
    }

    [Fact]
    public async Task A_failure_is_told_with_its_cause_and_written_about_at_once_and_so_is_the_same_job_when_it_fails_anew()
    {
        using var studio = await Studio.OfAsync(Portal);
        using var person = await PersonAsync(studio);
        var asset = await studio.AssetAsync();
        var failed = new EncodingOutcome(asset, false, new("encoder_failed", "The encoder gave up."), Portal.Clock.GetUtcNow(), Portal.Clock.GetUtcNow());
        await EndAsync($"{asset}-r1", failed);
        await TellAsync();
        var told = Assert.Single(await person.ToldAsync());
        Assert.Equal("encoder_failed", told.GetProperty("problem").GetProperty("code").GetString());
        Assert.Contains("The encoder gave up.", await Portal.LetterAsync(person.Email, "Your title could not be encoded"));
        var letters = await Portal.LettersAsync(person.Email);

        await EndAsync($"{asset}-r1", failed with { EndedAt = failed.EndedAt.AddSeconds(5) });
        await TellAsync();
        Assert.Equal(2, (await person.ToldAsync()).Count);
        Assert.Equal(letters + 1, await Portal.LettersAsync(person.Email, atLeast: letters + 1));
    }

    [Fact]
    public async Task A_refused_master_is_told_and_what_came_while_no_portal_ran()
    {
        await using var portal = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        using var person = await PersonAsync(studio, portal);
        await TellAsync(portal);
        var refused = await studio.AssetAsync(AssetState.Refused);
        var asset = await studio.AssetAsync();
        // The spreading of it was interrupted: it is written long after the job ended.
        portal.Clock.Leap(TimeSpan.FromDays(2));
        await EndAsync($"{asset}-r1", new(asset, true, null, portal.Clock.GetUtcNow().AddDays(-2), portal.Clock.GetUtcNow()), portal, isHeard: false);
        portal.Clock.Advance(TimeSpan.FromHours(5));
        await TellAsync(portal);
        await TellAsync(portal);
        // A studio's session lasts half a day.
        await person.SignInAsync();
        Assert.Equal(
            new[] { ("encodeFailed", refused), ("encodeFinished", asset) },
            (await person.ToldAsync()).Select(one => (one.GetProperty("kind").GetString()!, one.GetProperty("assetId").GetString()!)).Order());
    }

    [Fact]
    public async Task Whoever_joins_and_an_endpoint_that_is_made_or_switched_on_hears_nothing_of_what_was_before()
    {
        await using var receiver = await Receiver.StartAsync();
        using var studio = await Studio.OfAsync(Portal);
        using var key = await WebhookPortal.KeyAsync(Portal, studio);
        var (off, _) = await key.EndpointAsync(receiver.Url);
        await key.ReplaceAsync($"{Endpoints.Path}/{off}", new { url = receiver.Url, isOn = false });
        var (refused, asset, now) = (await studio.AssetAsync(AssetState.Refused), await studio.AssetAsync(), Portal.Clock.GetUtcNow());
        await EndAsync($"{asset}-r1", new(asset, true, null, now, now), Portal, isHeard: false);
        Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await key.ReplaceAsync($"{Endpoints.Path}/{off}", new { url = receiver.Url, isOn = true });
        var (made, _) = await key.EndpointAsync(receiver.Url);
        using var person = await PersonAsync(studio);
        // As another portal tells it, which does not know what this one did.
        await ActivatorUtilities.CreateInstance<EncodingNews>(Portal.Services).TellAsync(Ct);
        foreach (var endpoint in new[] { off, made })
            Assert.Empty((await key.GetFromJsonAsync<JsonElement>($"{Endpoints.Path}/{endpoint}/deliveries", Ct)).GetProperty("items").EnumerateArray());
        Assert.Empty(await person.ToldAsync());
        Assert.NotNull(refused);

        await EndAsync($"{asset}-r2", new(asset, true, null, Portal.Clock.GetUtcNow(), Portal.Clock.GetUtcNow()));
        await TellAsync();
        Assert.Single(await person.ToldAsync());
        foreach (var endpoint in new[] { off, made })
            Assert.Single((await key.GetFromJsonAsync<JsonElement>($"{Endpoints.Path}/{endpoint}/deliveries", Ct)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_was_told_is_not_looked_at_again()
    {
        using var studio = await Studio.OfAsync(Portal);
        using var person = await PersonAsync(studio);
        await studio.AssetAsync(AssetState.Refused);
        await TellAsync();
        Assert.Single(await person.ToldAsync());
        var account = (await person.AccountAsync()).GetProperty("id").GetString()!;
        await Portal.Services.GetRequiredService<NotificationStore>().DeleteAllAsync(DocumentFilter.Equal("account", account), Ct);
        await TellAsync();
        Assert.Empty(await person.ToldAsync());
    }

    [Fact]
    public async Task Of_many_failures_some_are_written_about_at_once_and_the_others_in_one_letter()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Notifications:AtOncePerHour"] = "2" });
        using var studio = await Studio.OfAsync(portal);
        using var person = await PersonAsync(studio, portal);
        await TellAsync(portal);
        var letters = await portal.LettersAsync(person.Email);
        for (var i = 0; i < 5; i++) await studio.AssetAsync(AssetState.Refused);
        await TellAsync(portal);
        Assert.Equal(letters + 2, await portal.LettersAsync(person.Email));
        portal.Clock.Advance(TimeSpan.FromDays(1.1));
        await portal.SweepAsync();
        Assert.Equal(3, (await portal.LetterAsync(person.Email, "What is new for you")).Split("could not be encoded").Length - 1);
    }

    private Task EndAsync(string job, EncodingOutcome outcome) => EndAsync(job, outcome, Portal, isHeard: true);

    /// <summary>As Transcoder does it.</summary>
    private static async Task EndAsync(string job, EncodingOutcome outcome, PortalHost portal, bool isHeard)
    {
        var outcomes = portal.Services.GetRequiredService<IDocuments>().Set(EncodingOutcome.Schema);
        if (await outcomes.InsertAsync(job, outcome, Ct) is null) await outcomes.UpdateAsync(job, _ => outcome, Ct);
        if (isHeard) await portal.Services.GetRequiredService<IBus>().PublishAsync(Topics.EncodingEnded, job, Ct);
    }

    private Task TellAsync() => TellAsync(Portal);

    private static Task TellAsync(PortalHost portal) => portal.Services.GetRequiredService<EncodingNews>().TellAsync(Ct);

    private Task<Person> PersonAsync(Studio studio) => PersonAsync(studio, Portal);

    private static async Task<Person> PersonAsync(Studio studio, PortalHost portal)
    {
        var person = await Person.RegisteredAsync(portal);
        await portal.MakeAsync(person, "studio", studio.Id);
        await person.SignInAsync();
        return person;
    }
}
