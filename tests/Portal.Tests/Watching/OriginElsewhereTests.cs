using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.Endings;
using FlickStream.Portal.Profiles;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

/// <summary>A portal whose origin is another process's.</summary>
public sealed class OriginElsewhereTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_played_by_an_origin_elsewhere_is_counted_kept_and_ended_there()
    {
        await using var origin = await PortalHost.StartAsync(hasOrigin: true, isOfMany: true);
        var options = new Dictionary<string, string?> { ["Watching:OriginUrl"] = origin.Address.AbsoluteUri, ["Watching:OriginKeyFile"] = origin.KeyFile };
        await using var portal = await PortalHost.StartAsync(options, beside: origin);
        using var studio = await Studio.OfAsync(portal);
        var title = await Playable.MovieAsync(portal, studio);
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.SubscribeAsync("basic");
        await viewer.EnterAsync();

        var play = await viewer.PlayAsync(title);
        Assert.Equal(portal.Address.Authority, new Uri(play.GetProperty("hls").GetString()!).Authority);
        using (var refused = await viewer.AskToPlayAsync(title)) await Problems.IsAsync(refused, HttpStatusCode.Conflict, "stream_limit");
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        await viewer.BeatAsync(play, 30);
        Assert.Equal(play.GetProperty("streamId").GetString(), Assert.Single(await viewer.ListAsync("/api/streams")).GetProperty("id").GetString());
        await viewer.BeatAsync(play, 40, "closed");
        Assert.Equal(40, (await viewer.PlayAsync(title)).GetProperty("positionSeconds").GetDouble());
    }

    [Fact]
    public async Task Without_its_origin_nothing_plays_and_no_position_is_lost()
    {
        await using var whole = await PortalHost.StartAsync(hasOrigin: true, isOfMany: true);
        using var studio = await Studio.OfAsync(whole);
        var title = await Playable.MovieAsync(whole, studio);
        using var viewer = await Person.RegisteredAsync(whole);
        await viewer.SubscribeAsync("basic");
        await viewer.EnterAsync();
        var play = await viewer.PlayAsync(title);

        await using var alone = await PortalHost.StartAsync(new() { ["Watching:OriginUrl"] = "http://127.0.0.1:1", ["Watching:OriginKeyFile"] = whole.KeyFile }, beside: whole);
        whole.Clock.Advance(TimeSpan.FromSeconds(60));
        var body = new { token = play.GetProperty("token").GetString(), positionSeconds = 60, state = "playing" };
        using var unkept = await Viewer.AskToBeatAsync(alone, body);
        await Problems.IsAsync(unkept, HttpStatusCode.ServiceUnavailable, "playback_unavailable");
        var replaced = await viewer.PlayAsync(title, play.GetProperty("streamId").GetString());
        Assert.Equal(60, replaced.GetProperty("positionSeconds").GetDouble());
        using var elsewhere = new Person(alone) { Email = viewer.Email };
        await elsewhere.SignInAsync();
        await elsewhere.EnterAsync();
        using var refused = await elsewhere.AskToPlayAsync(title);
        await Problems.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "playback_unavailable");
    }

    [Theory]
    [InlineData("suspension")]
    [InlineData("deletion")]
    [InlineData("profile")]
    public async Task What_is_to_end_while_the_origin_is_away_ends_once_it_answers(string by)
    {
        await using var origin = await PortalHost.StartAsync(hasOrigin: true, isOfMany: true);
        var keyFile = new FileInfo(Path.Combine(Path.GetDirectoryName(origin.KeyFile)!, "origin.key"));
        File.Copy(origin.KeyFile, keyFile.FullName);
        var options = new Dictionary<string, string?>
        {
            ["Watching:OriginUrl"] = origin.Address.AbsoluteUri, ["Watching:OriginKeyFile"] = keyFile.FullName, ["Accounts:DeletionGrace"] = "00:00:00",
        };
        await using var portal = await PortalHost.StartAsync(options, beside: origin);
        using var studio = await Studio.OfAsync(portal);
        var title = await Playable.MovieAsync(portal, studio);
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.SubscribeAsync("premium");
        var other = await viewer.ProfileAsync(new { name = "Other" });
        await viewer.EnterAsync(other);
        var play = await viewer.PlayAsync(title);
        var (id, stream) = ((await viewer.AccountAsync()).GetProperty("id").GetString()!, play.GetProperty("streamId").GetString());

        // It refuses then, which is no answer either.
        await File.WriteAllTextAsync(keyFile.FullName, "not the key", Ct);
        await Problems.IsAsync(await viewer.Browser.GetAsync("/api/streams", Ct), HttpStatusCode.ServiceUnavailable, "playback_unavailable");
        await Problems.IsAsync(await viewer.Browser.DeleteAsync($"/api/streams/{stream}", Ct), HttpStatusCode.ServiceUnavailable, "playback_unavailable");
        using var asked = by switch
        {
            "suspension" => await portal.Admin.PostAsJsonAsync($"/api/users/{id}/suspend", new { reason = "Fraud." }, Ct),
            "deletion" => await viewer.Browser.DeleteAsync("/api/accounts/me", Ct),
            _ => await viewer.Browser.DeleteAsync($"/api/profiles/{other}", Ct),
        };
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync(Ct));
        portal.Clock.Leap(TimeSpan.FromMinutes(3));
        await SweepAsync();
        Assert.True(await IsUndoneAsync());

        File.Copy(origin.KeyFile, keyFile.FullName, overwrite: true);
        portal.Clock.Leap(TimeSpan.FromMinutes(3));
        await SweepAsync();
        using var beat = await Viewer.AskToBeatAsync(portal, new { token = play.GetProperty("token").GetString(), positionSeconds = 30, state = "playing" });
        await Problems.IsAsync(beat, HttpStatusCode.Forbidden, "grant_revoked");
        if (by == "suspension") Assert.True((await SuspensionAsync()).GetProperty("isComplete").GetBoolean());

        async Task SweepAsync()
        {
            await portal.Services.GetRequiredService<EndingSweep>().SweepAsync(Ct);
            await portal.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
            await portal.Services.GetRequiredService<ProfileSweep>().SweepAsync(Ct);
        }

        async Task<JsonElement> SuspensionAsync() => (await portal.Admin.GetFromJsonAsync<JsonElement>($"/api/users/{id}", Ct)).GetProperty("suspension");

        // Of an account that is suspended it is told; one that is deleted is there as long as anything of it plays.
        async Task<bool> IsUndoneAsync() => by == "suspension"
            ? !(await SuspensionAsync()).GetProperty("isComplete").GetBoolean() : await portal.Services.GetRequiredService<AccountStore>().GetAsync(id, Ct) is not null;
    }
}
