using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Notifications.Webhooks;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Notifications;

/// <summary>Webhooks over real HTTP.</summary>
public sealed class WebhookTests(WebhookPortal on) : IClassFixture<WebhookPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PortalHost Portal => on.Portal;

    [Fact]
    public async Task A_test_is_sent_signed_and_its_delivery_told()
    {
        await using var receiver = await Receiver.StartAsync(204);
        using var studio = await Studio.OfAsync(Portal);
        using var key = await WebhookPortal.KeyAsync(Portal, studio);
        var (id, secret) = await key.EndpointAsync(receiver.Url);
        var delivery = await key.TestAsync(id);
        var hooked = await receiver.NextAsync();
        Assert.True(hooked.IsSignedWith(secret));
        Assert.False(hooked.IsSignedWith(secret + "x"));
        Assert.Equal(Portal.Clock.GetUtcNow().ToUnixTimeSeconds(), hooked.SignedAt.ToUnixTimeSeconds());
        Assert.Equal("ping", hooked.Message.GetProperty("type").GetString());
        Assert.Equal(id, hooked.Message.GetProperty("data").GetProperty("endpointId").GetString());

        var told = await key.AttemptedAsync(id, delivery, 1);
        Assert.Equal("delivered", told.GetProperty("state").GetString());
        Assert.Equal(204, told.Last().GetProperty("status").GetInt32());
        Assert.Equal(hooked.Message.GetProperty("id").GetString(), told.GetProperty("body").GetProperty("id").GetString());
        var all = await key.GetFromJsonAsync<JsonElement>($"{Endpoints.Path}/{id}/deliveries", Ct);
        Assert.Equal(delivery, Assert.Single(all.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_endpoint_is_changed_by_who_has_seen_it_last()
    {
        using var studio = await Studio.OfAsync(Portal);
        using var key = await WebhookPortal.KeyAsync(Portal, studio);
        var made = await key.PostAsJsonAsync(Endpoints.Path, new { url = "https://studio.example.org/hook" }, Ct);
        var path = made.Headers.Location!.ToString();
        var seen = (await key.GetAsync(path, Ct)).Headers.ETag!.ToString();
        Assert.Equal("\"r1\"", seen);
        Assert.Equal(seen, made.Headers.ETag!.ToString());
        var content = new { url = "https://studio.example.org/other" };
        await Problems.IsAsync(await key.ReplaceAsync(path, content, ifMatch: null), (HttpStatusCode)428, "if_match_needed");
        // A new secret is no edit.
        Assert.Equal(HttpStatusCode.OK, (await key.PostAsync($"{path}/rotate-secret", null, Ct)).StatusCode);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => key.ReplaceAsync(path, content, seen)));
        var changed = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal("\"r2\"", changed.Headers.ETag!.ToString());
        foreach (var late in answers.Where(answer => answer != changed)) await Problems.IsAsync(late, HttpStatusCode.PreconditionFailed, "webhook_changed");
        Assert.Equal(2, (await key.GetFromJsonAsync<JsonElement>(path, Ct)).GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task An_endpoint_hears_of_what_it_chose_once_and_of_nothing_but_tests_while_it_is_off()
    {
        await using var receiver = await Receiver.StartAsync();
        using var studio = await Studio.OfAsync(Portal);
        using var key = await WebhookPortal.KeyAsync(Portal, studio);
        var (id, _) = await key.EndpointAsync(receiver.Url, "encode.failed");
        await PostAsync("encode.finished", "one");
        await PostAsync("encode.failed", "two");
        await PostAsync("encode.failed", "two");
        Assert.Equal("encode.failed", (await receiver.NextAsync()).Message.GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, (await key.ReplaceAsync($"{Endpoints.Path}/{id}", new { url = receiver.Url, isOn = false })).StatusCode);
        await PostAsync("encode.failed", "three");
        var delivery = await key.TestAsync(id);
        Assert.Equal("ping", (await receiver.NextAsync()).Message.GetProperty("type").GetString());
        await key.AttemptedAsync(id, delivery, 1);
        Assert.Equal(0, receiver.Waiting);
        var all = await key.GetFromJsonAsync<JsonElement>($"{Endpoints.Path}/{id}/deliveries", Ct);
        Assert.Equal(2, all.GetProperty("items").GetArrayLength());

        Task PostAsync(string type, string what) => Portal.Services.GetRequiredService<WebhookPost>()
            .PostAsync(studio.Id, type, $"{studio.Id}:{what}", Portal.Clock.GetUtcNow(), new { what }, Ct);
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_kept_sealed_and_the_one_before_signs_for_a_day()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Notifications:Webhooks:AllowLoopback"] = "true" });
        await using var receiver = await Receiver.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        using var key = await WebhookPortal.KeyAsync(portal, studio);
        var (id, first) = await key.EndpointAsync(receiver.Url);
        Assert.DoesNotContain(first, await key.GetStringAsync(Endpoints.Path, Ct));
        var kept = (await portal.Services.GetRequiredService<IDocuments>().Set(WebhookEndpoint.Schema).GetAsync(id, Ct))!.Value;
        Assert.DoesNotContain(first, Encoding.Latin1.GetString(kept.Secret));

        var answer = await key.AskAsync($"{id}/rotate-secret");
        var second = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("secret").GetString()!;
        await key.TestAsync(id);
        var both = await receiver.NextAsync();
        Assert.True(both.IsSignedWith(first) && both.IsSignedWith(second));

        portal.Clock.Leap(TimeSpan.FromHours(25));
        await key.TestAsync(id);
        var one = await receiver.NextAsync();
        Assert.True(one.IsSignedWith(second));
        Assert.False(one.IsSignedWith(first));
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_holds_others_up_for_one_attempt()
    {
        await using var portal = await PortalHost.StartAsync(
            new()
            {
                ["Notifications:Webhooks:AllowLoopback"] = "true", ["Notifications:Webhooks:Timeout"] = "00:00:01", ["Notifications:Webhooks:AtOnce"] = "1",
            });
        await using var silent = await Receiver.StartAsync(http => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
        await using var quick = await Receiver.StartAsync();
        using var slow = await Studio.OfAsync(portal);
        using var other = await Studio.OfAsync(portal);
        using var slowKey = await WebhookPortal.KeyAsync(portal, slow);
        using var otherKey = await WebhookPortal.KeyAsync(portal, other);
        await slowKey.EndpointAsync(silent.Url);
        await otherKey.EndpointAsync(quick.Url);
        var post = portal.Services.GetRequiredService<WebhookPost>();
        for (var i = 0; i < 60; i++) await post.PostAsync(slow.Id, "encode.failed", $"slow {i}", portal.Clock.GetUtcNow(), new { i }, Ct);
        await post.PostAsync(other.Id, "encode.failed", "quick", portal.Clock.GetUtcNow(), new { }, Ct);
        Assert.Equal("encode.failed", (await quick.NextAsync()).Message.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_secret_that_cannot_be_opened_fails_what_is_sent_until_there_is_another()
    {
        await using var receiver = await Receiver.StartAsync();
        using var studio = await Studio.OfAsync(Portal);
        using var key = await WebhookPortal.KeyAsync(Portal, studio);
        var (id, _) = await key.EndpointAsync(receiver.Url);
        await Portal.Services.GetRequiredService<IDocuments>().Set(WebhookEndpoint.Schema).UpdateAsync(id, known => known with { Secret = [1, 2, 3] }, Ct);
        var failed = await key.AttemptedAsync(id, await key.TestAsync(id), 1);
        Assert.Equal("secret_lost", failed.Last().GetProperty("fault").GetString());

        var answer = await key.AskAsync($"{id}/rotate-secret");
        var secret = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("secret").GetString()!;
        await key.TestAsync(id);
        Assert.True((await receiver.NextAsync()).IsSignedWith(secret));
    }

    [Fact]
    public async Task What_fails_is_tried_again_after_growing_pauses_then_given_up_and_can_be_sent_again()
    {
        await using var portal = await LongTimes.StartAsync(
            new()
            {
                ["Notifications:Webhooks:AllowLoopback"] = "true", ["Notifications:Webhooks:Pauses:0"] = "00:01:00",
                ["Notifications:Webhooks:Pauses:1"] = "00:10:00",
            });
        await using var receiver = await Receiver.StartAsync(500, 503, 404, 200);
        using var studio = await Studio.OfAsync(portal);
        using var key = await WebhookPortal.KeyAsync(portal, studio);
        var sender = portal.Services.GetRequiredService<WebhookSender>();
        var (id, _) = await key.EndpointAsync(receiver.Url);
        var delivery = await key.TestAsync(id);

        var first = await key.AttemptedAsync(id, delivery, 1);
        Assert.Equal("waiting", first.GetProperty("state").GetString());
        Assert.Equal(portal.Clock.GetUtcNow().AddMinutes(1), first.GetProperty("nextAt").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        await Problems.IsAsync(await key.AskAsync($"{id}/deliveries/{delivery}/resend"), HttpStatusCode.Conflict, "webhook_delivery_waiting");
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await sender.SendDueAsync(Ct);
        var second = await key.AttemptedAsync(id, delivery, 2);
        Assert.Equal(portal.Clock.GetUtcNow().AddMinutes(10), second.GetProperty("nextAt").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await Task.WhenAll(sender.SendDueAsync(Ct), sender.SendDueAsync(Ct));
        var third = await key.AttemptedAsync(id, delivery, 3);
        Assert.Equal("failed", third.GetProperty("state").GetString());
        Assert.Equal(404, third.Last().GetProperty("status").GetInt32());
        Assert.Equal(JsonValueKind.Null, third.GetProperty("nextAt").ValueKind);

        Assert.Equal(HttpStatusCode.Accepted, (await key.AskAsync($"{id}/deliveries/{delivery}/resend")).StatusCode);
        Assert.Equal("delivered", (await key.AttemptedAsync(id, delivery, 4)).GetProperty("state").GetString());
        var bodies = new HashSet<string>();
        for (var i = 0; i < 4; i++) bodies.Add((await receiver.NextAsync()).Body);
        Assert.Single(bodies);

        // It is remembered for a month.
        portal.Clock.Leap(TimeSpan.FromDays(31));
        await sender.SendDueAsync(Ct);
        await Problems.IsAsync(await key.GetAsync($"{Endpoints.Path}/{id}/deliveries/{delivery}", Ct), HttpStatusCode.NotFound, "webhook_delivery_not_found");
    }

    [Fact]
    public async Task No_redirect_is_followed()
    {
        await using var inside = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync(http =>
        {
            http.Response.Redirect(inside.Url.ToString());
            return Task.CompletedTask;
        });
        var told = await SentAsync(Portal, receiver.Url);
        Assert.Equal("redirect", told.Last().GetProperty("fault").GetString());
        Assert.Equal(302, told.Last().GetProperty("status").GetInt32());
        Assert.Equal(0, inside.Waiting);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_waited_for_and_one_that_never_begins_only_for_so_long()
    {
        await using var endless = await Receiver.StartAsync(async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.WriteAsync(new string('x', 65536), http.RequestAborted);
        });
        Assert.Equal("delivered", (await SentAsync(Portal, endless.Url)).GetProperty("state").GetString());

        await using var portal = await PortalHost.StartAsync(
            new() { ["Notifications:Webhooks:AllowLoopback"] = "true", ["Notifications:Webhooks:Timeout"] = "00:00:00.5" });
        await using var silent = await Receiver.StartAsync(http => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted));
        Assert.Equal("timeout", (await SentAsync(portal, silent.Url)).Last().GetProperty("fault").GetString());
    }

    [Fact]
    public async Task Only_public_https_addresses_are_taken()
    {
        string[] unfit =
        [
            "http://hooks.example.org/", "ftp://hooks.example.org/", "https://user:password@hooks.example.org/", "https://hooks.example.org/#there", "/hook", "",
        ];
        string[] inside =
        [
            "https://localhost/", "https://a.localhost:8443/", "https://127.0.0.1/", "https://2130706433/", "https://0x7f.1/", "https://10.1.2.3/",
            "https://169.254.169.254/latest/meta-data/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[fd00::1]/", "https://[64:ff9b::a00:1]/",
        ];
        await using var portal = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        using var key = await WebhookPortal.KeyAsync(portal, studio);
        foreach (var url in unfit)
            await Problems.IsAsync(await key.PostAsJsonAsync(Endpoints.Path, new { url }, Ct), HttpStatusCode.BadRequest, "webhook_url_invalid");
        foreach (var url in inside)
            await Problems.IsAsync(await key.PostAsJsonAsync(Endpoints.Path, new { url }, Ct), HttpStatusCode.BadRequest, "webhook_url_not_public");
        await Problems.IsAsync(
            await key.PostAsJsonAsync(Endpoints.Path, new { url = "https://hooks.example.org/", types = (string[])[Guid.NewGuid().ToString()] }, Ct),
            HttpStatusCode.BadRequest, "webhook_types_invalid");
    }

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to()
    {
        await using var portal = await PortalHost.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        using var studio = await Studio.OfAsync(portal);
        using var key = await WebhookPortal.KeyAsync(portal, studio);
        var (id, _) = await key.EndpointAsync(new("https://hooks.example.org/"));
        // As if the name had been good when it was given: names are looked up by whoever connects.
        await portal.Services.GetRequiredService<WebhookStore>()
            .ChangeAsync(id, known => known with { Url = new($"http://localhost:{receiver.Url.Port}/") }, Ct);
        var told = await key.AttemptedAsync(id, await key.TestAsync(id), 1);
        Assert.Equal("address_not_public", told.Last().GetProperty("fault").GetString());
        Assert.Equal(0, receiver.Waiting);
    }

    [Fact]
    public async Task V8_2_2_An_organisation_reaches_nothing_of_another_s()
    {
        await using var receiver = await Receiver.StartAsync();
        using var studio = await Studio.OfAsync(Portal);
        using var key = await WebhookPortal.KeyAsync(Portal, studio);
        var (id, _) = await key.EndpointAsync(receiver.Url);
        var delivery = await key.TestAsync(id);
        await key.AttemptedAsync(id, delivery, 1);
        using var stranger = await Studio.OfAsync(Portal);
        using var theirs = await WebhookPortal.KeyAsync(Portal, stranger);
        var (own, _) = await theirs.EndpointAsync(receiver.Url);

        foreach (var path in new[] { $"{id}/test", $"{id}/rotate-secret", $"{id}/deliveries/{delivery}/resend" })
            await Problems.IsAsync(await theirs.AskAsync(path), HttpStatusCode.NotFound, "webhook_not_found");
        await Problems.IsAsync(await theirs.AskAsync($"{own}/deliveries/{delivery}/resend"), HttpStatusCode.NotFound, "webhook_delivery_not_found");
        await Problems.IsAsync(await theirs.GetAsync($"{Endpoints.Path}/{own}/deliveries/{delivery}", Ct), HttpStatusCode.NotFound, "webhook_delivery_not_found");
        await Problems.IsAsync(await theirs.GetAsync($"{Endpoints.Path}/{id}/deliveries", Ct), HttpStatusCode.NotFound, "webhook_not_found");
        await Problems.IsAsync(await theirs.GetAsync($"{Endpoints.Path}/{id}", Ct), HttpStatusCode.NotFound, "webhook_not_found");
        await Problems.IsAsync(await theirs.DeleteAsync($"{Endpoints.Path}/{id}", Ct), HttpStatusCode.NotFound, "webhook_not_found");
        await Problems.IsAsync(
            await theirs.ReplaceAsync($"{Endpoints.Path}/{id}", new { url = receiver.Url }), HttpStatusCode.NotFound, "webhook_not_found");
        await Problems.IsAsync(
            await theirs.GetAsync($"{Endpoints.Path}?organisationId={studio.Id}", Ct), HttpStatusCode.NotFound, "organisation_not_found");
        // Administrators say whose; a key of no organisation has none.
        await Problems.IsAsync(await Portal.Admin.GetAsync(Endpoints.Path, Ct), HttpStatusCode.BadRequest, "webhook_organisation_needed");
        var all = await Portal.Admin.GetFromJsonAsync<JsonElement>($"{Endpoints.Path}?organisationId={studio.Id}", Ct);
        Assert.Equal(id, Assert.Single(all.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        using var none = Portal.ClientFor((await Portal.CreateKeyAsync("ingest")).Key);
        await Problems.IsAsync(await none.GetAsync(Endpoints.Path, Ct), HttpStatusCode.BadRequest, "webhook_organisation_needed");

        Assert.Equal(HttpStatusCode.NoContent, (await key.DeleteAsync($"{Endpoints.Path}/{id}", Ct)).StatusCode);
        await Problems.IsAsync(await key.AskAsync($"{id}/test"), HttpStatusCode.NotFound, "webhook_not_found");
    }

    [Fact]
    public async Task V15_4_2_Of_15_endpoints_made_at_once_exactly_10_are_there()
    {
        using var studio = await Studio.OfAsync(Portal);
        using var key = await WebhookPortal.KeyAsync(Portal, studio);
        var made = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => key.PostAsJsonAsync(Endpoints.Path, new { url = "https://hooks.example.org/" }, Ct)));
        Assert.Equal(10, made.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var refused in made.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            await Problems.IsAsync(refused, HttpStatusCode.Conflict, "webhook_limit_reached");
    }

    private static async Task<JsonElement> SentAsync(PortalHost portal, Uri url)
    {
        using var studio = await Studio.OfAsync(portal);
        using var key = await WebhookPortal.KeyAsync(portal, studio);
        var (id, _) = await key.EndpointAsync(url);
        return await key.AttemptedAsync(id, await key.TestAsync(id), 1);
    }
}
