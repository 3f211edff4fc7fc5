using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

public sealed class PlayTests(WatchingPortal watching) : IClassFixture<WatchingPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_player_is_told_all_that_it_needs()
    {
        using var viewer = await watching.ViewerAsync();
        var content = Studio.Movie("Marked");
        content["markers"] = JsonNode.Parse("""{"intro":{"startSeconds":10,"endSeconds":40}}""");
        var title = await watching.TitleAsync(content, new Chapter(0, 30, "Intro"), new Chapter(30, 500, "Story"), new Chapter(500, 600, "End credits"));
        var play = await viewer.PlayAsync(title);
        using var playlist = await viewer.Browser.GetAsync(play.GetProperty("hls").GetString(), Ct);
        Assert.Contains("v720", await playlist.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal((0.0, (double)Playable.Seconds), (play.GetProperty("positionSeconds").GetDouble(), play.GetProperty("durationSeconds").GetDouble()));
        Assert.Equal((10, 40), (play.GetProperty("intro").GetProperty("startSeconds").GetInt32(), play.GetProperty("intro").GetProperty("endSeconds").GetInt32()));
        Assert.Equal(500, play.GetProperty("credits").GetProperty("startSeconds").GetInt32());
        Assert.Equal(1080, play.GetProperty("maxHeight").GetInt32());
        Assert.True(play.GetProperty("heartbeatSeconds").GetDouble() > 0);
        Assert.True(play.GetProperty("autoplay").GetBoolean());
    }

    [Fact]
    public async Task The_page_of_a_title_tells_how_long_it_is_where_that_is_known()
    {
        await using var own = await PortalHost.StartAsync(hasOrigin: true);
        using var studio = await Studio.OfAsync(own);
        Assert.Equal(JsonValueKind.Null, (await DurationAsync(await studio.PublishAsync(Studio.Movie("Not encoded yet")))).ValueKind);
        Assert.Equal(Playable.Seconds, (await DurationAsync(await Playable.MovieAsync(own, studio))).GetDouble());

        async Task<JsonElement> DurationAsync(string title) =>
            (await own.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{title}", Ct)).GetProperty("durationSeconds");
    }

    [Fact]
    public async Task The_page_of_a_title_tells_in_which_languages_it_is_heard_and_read()
    {
        await using var own = await PortalHost.StartAsync(hasOrigin: true);
        using var studio = await Studio.OfAsync(own);
        var (content, asset) = (Studio.Movie("Of two languages"), await studio.AssetAsync());
        content["assetId"] = asset;
        await Playable.EncodedAsync(own, asset);
        var title = await studio.PublishAsync(content);
        Assert.Equal(("", ""), await LanguagesAsync());
        await own.Services.GetRequiredService<IDocuments>().Set(Presentation.Schema).UpdateAsync(
            asset,
            presentation => presentation with
            {
                Audio = [Audio("a1", "en", 2), Audio("a2", "de", 2), Audio("a3", "en", 6), Audio("a4", null, 2)],
                Text = [Text("t1", "en", TextRole.Sdh), Text("t2", "fr", TextRole.Forced), Text("t3", "de", TextRole.Subtitles), Text("t4", "en", TextRole.Subtitles)],
            },
            Ct);
        own.Clock.Advance(TimeSpan.FromMinutes(11));
        // It goes by the clock of the machine.
        await own.Services.GetRequiredService<HybridCache>().RemoveAsync($"asset-times:{asset}", Ct);
        Assert.Equal(("en de", "en de"), await LanguagesAsync());

        async Task<(string Audio, string Captions)> LanguagesAsync()
        {
            var page = await own.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{title}", Ct);
            return (Words(page.GetProperty("audioLanguages")), Words(page.GetProperty("captionLanguages")));
        }

        static string Words(JsonElement list) => string.Join(' ', list.EnumerateArray().Select(word => word.GetString()));
        static AudioRendition Audio(string name, string? language, int channels) => new(name, "audio", language, name, false, channels, 48_000, "mp4a.40.2", 128_000);
        static TextRendition Text(string name, string language, TextRole role) => new(name, language, name, role, false, 1, 1);
    }

    [Fact]
    public async Task Without_a_plan_nothing_plays_and_with_one_it_does()
    {
        using var person = await Person.RegisteredAsync(watching.Portal);
        var title = await watching.TitleAsync();
        await Problems.IsAsync(await person.AskToPlayAsync(title), HttpStatusCode.Forbidden, "profile_needed");
        await person.EnterAsync();
        await Problems.IsAsync(await person.AskToPlayAsync(title), HttpStatusCode.PaymentRequired, "subscription_required");
        await person.SubscribeAsync("premium");
        await person.PlayAsync(title);
    }

    [Fact]
    public async Task Of_more_profiles_than_the_plan_has_the_oldest_play()
    {
        using var person = await Person.RegisteredAsync(watching.Portal);
        var (title, profiles) = (await watching.TitleAsync(), new List<string> { await person.EnterAsync() });
        foreach (var name in new[] { "Gone", "Second", "Third" })
        {
            watching.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
            profiles.Add(await person.ProfileAsync(new { name }));
            // The third has the place of the one that is gone.
            if (name == "Second") await DeleteAsync(profiles[1]);
        }

        await person.SubscribeAsync("basic");
        await person.EnterAsync(profiles[3]);
        await Problems.IsAsync(await person.AskToPlayAsync(title), HttpStatusCode.Forbidden, "profile_beyond_plan");
        await WatchAsAsync(profiles[0]);
        await WatchAsAsync(profiles[2]);
        await DeleteAsync(profiles[0]);
        await WatchAsAsync(profiles[3]);

        async Task WatchAsAsync(string profile)
        {
            await person.EnterAsync(profile);
            await person.WatchAsync(watching.Portal, title, 100);
        }

        async Task DeleteAsync(string profile) =>
            Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.DeleteAsync($"/api/profiles/{profile}", Ct)).StatusCode);
    }

    [Fact]
    public async Task What_a_profile_does_not_see_is_not_found()
    {
        using var viewer = await watching.ViewerAsync();
        var old = Studio.Movie("For the old");
        old["rating"] = new JsonObject { ["minimumAge"] = 16 };
        var (foreign, over, withdrawn) = (Studio.Movie("Elsewhere"), Studio.Movie("Over"), await watching.TitleAsync());
        foreign["windows"] = JsonNode.Parse("""[{"regions":["JP"]}]""");
        over["windows"] = new JsonArray(new JsonObject { ["regions"] = new JsonArray("*"), ["until"] = watching.Portal.Clock.GetUtcNow().AddHours(-1) });
        await watching.Studio.MoveAsync(withdrawn, "withdraw");
        var adult = await watching.TitleAsync(old);
        foreach (var hidden in new[] { await watching.TitleAsync(foreign), await watching.TitleAsync(over), withdrawn, "0123456789abcdef" })
            await Problems.IsAsync(await viewer.AskToPlayAsync(hidden), HttpStatusCode.NotFound, "title_not_found");

        await viewer.PlayAsync(adult);
        await viewer.EnterAsync(await viewer.ProfileAsync(new { name = "Kid", isKids = true }));
        await Problems.IsAsync(await viewer.AskToPlayAsync(adult), HttpStatusCode.NotFound, "title_not_found");
    }

    [Fact]
    public async Task A_session_whose_profile_is_gone_plays_nothing()
    {
        using var viewer = await watching.ViewerAsync();
        var other = await viewer.ProfileAsync(new { name = "Other" });
        await viewer.EnterAsync(other);
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/profiles/{other}", Ct)).StatusCode);
        await Problems.IsAsync(await viewer.AskToPlayAsync(await watching.TitleAsync()), HttpStatusCode.Forbidden, "profile_needed");
    }

    [Fact]
    public async Task What_cannot_be_played_says_why()
    {
        using var viewer = await watching.ViewerAsync();
        var (series, _) = await watching.SeriesAsync((1, 1));
        await Problems.IsAsync(await viewer.AskToPlayAsync(series), HttpStatusCode.Conflict, "title_not_played");
        var unready = await watching.Studio.PublishAsync(Studio.Movie("Not encoded"));
        await Problems.IsAsync(await viewer.AskToPlayAsync(unready), HttpStatusCode.Conflict, "title_not_playable");
        await viewer.PlayAsync(await watching.TitleAsync(), replaces: "of nobody");
    }

    [Fact]
    public async Task Studios_look_at_their_own_titles_without_a_plan_and_at_no_others()
    {
        using var person = await Person.RegisteredAsync(watching.Portal);
        await watching.Portal.MakeAsync(person, "studio", watching.Studio.Id);
        await person.SignInAsync();
        var draft = Studio.Movie("Draft");
        var asset = await watching.Studio.AssetAsync();
        await Playable.EncodedAsync(watching.Portal, asset);
        draft["assetId"] = asset;
        var id = (await watching.Studio.MakeAsync(draft)).GetProperty("id").GetString()!;
        var preview = await person.PlayAsync(id);
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("token").ValueKind);

        using var other = await Studio.OfAsync(watching.Portal);
        var foreign = (await other.MakeAsync(Studio.Movie("Foreign"))).GetProperty("id").GetString()!;
        await person.EnterAsync();
        await Problems.IsAsync(await person.AskToPlayAsync(foreign), HttpStatusCode.NotFound, "title_not_found");
        await person.PlayAsync(id);
        await person.EnterAsync(await person.ProfileAsync(new { name = "Kid", isKids = true }));
        await Problems.IsAsync(await person.AskToPlayAsync(id), HttpStatusCode.NotFound, "title_not_found");
    }

    [Fact]
    public async Task Tracks_that_were_chosen_are_remembered_by_series_and_by_profile()
    {
        using var viewer = await watching.ViewerAsync();
        var (_, episodes) = await watching.SeriesAsync((1, 2));
        var movie = await watching.TitleAsync();
        await ChooseAsync(movie, "fr", false, null);
        await ChooseAsync(episodes[0], "ja", true, "de");
        Assert.Equal(("ja", true, "de"), await TracksAsync(episodes[1]));
        Assert.Equal(("fr", false, null), await TracksAsync(movie));
        Assert.Equal(("ja", true, "de"), await TracksAsync(await watching.TitleAsync()));

        await viewer.EnterAsync(await viewer.ProfileAsync(new { name = "Other", languages = (string[])["it"], captions = new { areOn = true } }));
        Assert.Equal(("it", true, "it"), await TracksAsync(movie));
        using var unknown = await viewer.Browser.PutAsJsonAsync($"/api/titles/{movie}/tracks", new { audio = new { language = "x" } }, Ct);
        await Problems.IsAsync(unknown, HttpStatusCode.BadRequest, "tracks_invalid");

        async Task ChooseAsync(string title, string audio, bool areOn, string? captions) => Assert.Equal(
            HttpStatusCode.NoContent,
            (await viewer.Browser.PutAsJsonAsync($"/api/titles/{title}/tracks", new { audio = new { language = audio }, captions = new { areOn, language = captions } }, Ct)).StatusCode);

        async Task<(string?, bool, string?)> TracksAsync(string title)
        {
            var play = await viewer.PlayAsync(title);
            await viewer.BeatAsync(play, 0, "closed");
            var (audio, captions) = (play.GetProperty("tracks").GetProperty("audio"), play.GetProperty("tracks").GetProperty("captions"));
            return (audio.GetProperty("language").GetString(), captions.GetProperty("areOn").GetBoolean(), captions.GetProperty("language").GetString());
        }
    }
}
