using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Notifications.Follows;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Notifications;

public sealed class ReleaseTests(NotifiedPortal on) : IClassFixture<NotifiedPortal>
{
    private PortalHost Portal => on.Portal;

    [Fact]
    public async Task Who_follows_somebody_hears_of_their_new_movie_once()
    {
        var actor = await Told.ActorAsync(on.Studio);
        await on.Studio.PublishAsync(Studio.Movie("The old one").With(actor));
        await Portal.TellReleasesAsync();
        using var follower = await Told.PersonAsync(Portal);
        using var other = await Told.PersonAsync(Portal);
        await follower.FollowAsync("people", actor);

        var movie = await on.Studio.PublishAsync(Studio.Movie("The new one").With(actor));
        await Task.WhenAll(Portal.TellReleasesAsync(), Portal.TellReleasesAsync());
        await Portal.TellReleasesAsync();

        var told = Assert.Single(await follower.ToldAsync());
        Assert.Equal("newRelease", told.GetProperty("kind").GetString());
        Assert.Equal("New: The new one.", told.GetProperty("text").GetString());
        Assert.Equal($"person:{actor}", told.GetProperty("followed").GetString());
        Assert.Equal([movie], TitlesOf(told));
        Assert.Equal(1, await follower.UnreadAsync());
        Assert.Empty(await other.ToldAsync());
    }

    [Fact]
    public async Task Episodes_of_one_day_are_one_notification_for_who_follows_the_series_and_none_for_who_follows_its_genre()
    {
        var content = Series.Of("A series of days");
        content["genres"] = new JsonArray("western");
        var series = await on.Studio.PublishAsync(content);
        await Portal.TellReleasesAsync();
        using var fan = await Told.PersonAsync(Portal);
        await fan.FollowAsync("series", series);
        using var ofGenre = await Told.PersonAsync(Portal);
        await ofGenre.FollowAsync("genres", "western");

        var season = await on.Studio.PublishAsync(Series.Part("season", series, 1));
        string[] episodes = [await on.Studio.PublishAsync(Series.Part("episode", season, 1)), await on.Studio.PublishAsync(Series.Part("episode", season, 2))];
        await Portal.TellReleasesAsync();
        var told = Assert.Single(await fan.ToldAsync());
        Assert.Equal("New: A series of days, 2 episodes.", told.GetProperty("text").GetString());
        Assert.Equal(new[] { season, episodes[0], episodes[1] }.Order(), TitlesOf(told).Order());

        // One that comes on the same day is added while that is noticed.
        var third = await on.Studio.PublishAsync(Series.Part("episode", season, 3));
        await Portal.TellReleasesAsync();
        var more = Assert.Single(await fan.ToldAsync());
        Assert.Contains(third, TitlesOf(more));
        Assert.Empty(await ofGenre.ToldAsync());
    }

    [Theory]
    [InlineData("read")]
    [InlineData("deleted")]
    public async Task What_comes_of_a_series_after_the_first_of_that_day_was_dealt_with_is_told_anew(string how)
    {
        var series = await on.Studio.PublishAsync(Series.Of($"A series that is {how}"));
        var season = await on.Studio.PublishAsync(Series.Part("season", series, 1));
        await Portal.TellReleasesAsync();
        using var fan = await Told.PersonAsync(Portal);
        await fan.FollowAsync("series", series);
        await on.Studio.PublishAsync(Series.Part("episode", season, 1));
        await Portal.TellReleasesAsync();
        var first = Assert.Single(await fan.ToldAsync()).GetProperty("id").GetString();
        await (how == "read" ? fan.PutAsync($"/api/notifications/{first}/read", new { }) : fan.DeleteAsync($"/api/notifications/{first}"));
        using var page = await EventStream.OpenAsync(fan);
        await page.NextAsync("unread", 0);

        var second = await on.Studio.PublishAsync(Series.Part("episode", season, 2));
        for (var runs = 0; runs < 2; runs++) await Portal.TellReleasesAsync();
        Assert.Equal([second], TitlesOf((await page.NextAsync("notification", 1)).Data.GetProperty("notification")));
        await page.NextAsync("unread", 1);
        Assert.Equal(how == "read" ? 2 : 1, (await fan.ToldAsync()).Count);

        // The next is added to it, and the page that has it is told.
        var third = await on.Studio.PublishAsync(Series.Part("episode", season, 3));
        Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Portal.TellReleasesAsync();
        Assert.Equal(new[] { second, third }.Order(), TitlesOf((await page.NextAsync("notification", 1)).Data.GetProperty("notification")).Order());
    }

    [Fact]
    public async Task A_release_that_is_for_later_is_told_then_however_late_the_job_runs()
    {
        await using var portal = await LongTimes.StartAsync(new() { ["Notifications:FollowsPerProfile"] = "1" });
        using var studio = await Studio.OfAsync(portal);
        using var follower = await Told.PersonAsync(portal);
        await follower.FollowAsync("genres", "comedy");
        await Problems.IsAsync(await follower.PutAsync("/api/follows/genres/drama", new { }), HttpStatusCode.Conflict, "follow_limit_reached");
        var movie = await studio.PublishAsync(Studio.Movie("Tomorrow", 2020, "comedy"), portal.Clock.GetUtcNow().AddDays(1));
        await portal.TellReleasesAsync();
        Assert.Empty(await follower.ToldAsync());

        portal.Clock.Leap(TimeSpan.FromDays(3));
        await portal.TellReleasesAsync();
        Assert.Equal([movie], TitlesOf(Assert.Single(await follower.ToldAsync())));

        // What nobody was told of in time is no news.
        await studio.PublishAsync(Studio.Movie("Long ago", 2020, "comedy"), portal.Clock.GetUtcNow().AddDays(-8));
        await portal.TellReleasesAsync();
        Assert.Single(await follower.ToldAsync());

        // What was deleted stays so, and is kept no longer than is said.
        var id = (await follower.ToldAsync())[0].GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await follower.DeleteAsync($"/api/notifications/{id}")).StatusCode);
        await portal.TellReleasesAsync();
        Assert.Empty(await follower.ToldAsync());
        Assert.Equal(0, await follower.UnreadAsync());
    }

    [Fact]
    public async Task Of_what_is_followed_at_once_none_is_beyond_the_limit()
    {
        ContendedDocuments documents = null!;
        await using var portal = await PortalHost.StartAsync(
            new() { ["Notifications:FollowsPerProfile"] = "2" }, through: real => documents = new ContendedDocuments(real));
        using var follower = await Told.PersonAsync(portal);
        await follower.FollowAsync("genres", "comedy");
        documents.BeforeInsertion = async written =>
        {
            if (written is not Follow) return;
            documents.BeforeInsertion = null;
            await follower.FollowAsync("genres", "western");
        };
        await Problems.IsAsync(await follower.PutAsync("/api/follows/genres/drama", new { }), HttpStatusCode.Conflict, "follow_limit_reached");
        Assert.Equal(2, await portal.Services.GetRequiredService<IDocuments>().Set(Follow.Schema).CountAsync([], TestContext.Current.CancellationToken));
        await follower.FollowAsync("genres", "western");
    }

    [Fact]
    public async Task Of_more_than_is_told_a_day_one_notification_tells()
    {
        await using var portal = await LongTimes.StartAsync(new() { ["Notifications:ReleasesPerDay"] = "2" });
        using var studio = await Studio.OfAsync(portal);
        using var follower = await Told.PersonAsync(portal);
        await follower.FollowAsync("genres", "comedy");
        await follower.PutAsync("/api/notifications/preferences/newRelease", new { mail = "now" });
        var letters = await portal.LettersAsync(follower.Email);
        var all = new List<string>();
        for (var i = 0; i < 6; i++) all.Add(await studio.PublishAsync(Studio.Movie($"Number {i}", 2020, "comedy")));
        for (var runs = 0; runs < 2; runs++) await portal.TellReleasesAsync();
        var told = await follower.ToldAsync();
        Assert.Equal([1, 1, 4], told.Select(one => TitlesOf(one).Count()).Order());
        Assert.Equal(all.Order(), told.SelectMany(TitlesOf).Order());
        Assert.EndsWith(" and 1 more.", told.Single(one => TitlesOf(one).Count() == 4).GetProperty("text").GetString());
        Assert.Equal(letters + 2, await portal.LettersAsync(follower.Email));
    }

    [Fact]
    public async Task A_profile_hears_of_nothing_that_is_not_for_its_age_nor_later_when_its_age_is_lowered()
    {
        var actor = await Told.ActorAsync(on.Studio);
        await on.Studio.PublishAsync(Kind("For all", 0).With(actor));
        await Portal.TellReleasesAsync();
        using var parent = await Told.PersonAsync(Portal);
        var grownUp = (await parent.ReadAsync("/api/profiles")).GetProperty("items")[0].GetProperty("id").GetString()!;
        await parent.FollowAsync("people", actor);
        var child = await parent.ProfileAsync(new { name = "Child", isKids = true, maximumAge = 6 });
        await parent.EnterAsync(child);
        await parent.FollowAsync("people", actor);

        var (mild, harsh) = (await on.Studio.PublishAsync(Kind("Mild", 6).With(actor)), await on.Studio.PublishAsync(Kind("Harsh", 16).With(actor)));
        await Portal.TellReleasesAsync();
        Assert.Equal([mild], (await parent.ToldAsync()).SelectMany(TitlesOf));
        await parent.EnterAsync(grownUp);
        Assert.Equal(new[] { mild, harsh }.Order(), (await parent.ToldAsync()).SelectMany(TitlesOf).Order());
        Assert.Equal(2, await parent.UnreadAsync());

        Assert.Equal(HttpStatusCode.OK, (await parent.Browser.ReplaceAsync($"/api/profiles/{grownUp}", new { content = new { name = "Me", maximumAge = 12 } })).StatusCode);
        Assert.Equal([mild], (await parent.ToldAsync()).SelectMany(TitlesOf));
        Assert.Equal(1, await parent.UnreadAsync());

        JsonObject Kind(string name, int age)
        {
            var movie = Studio.Movie(name);
            movie["rating"] = new JsonObject { ["minimumAge"] = age };
            return movie;
        }
    }

    [Fact]
    public async Task What_is_followed_is_listed_with_its_name_and_only_what_is_seen_can_be_followed()
    {
        var actor = await Told.ActorAsync(on.Studio);
        using var person = await Told.PersonAsync(Portal);
        // Nobody has seen this one in anything yet.
        await Problems.IsAsync(await person.PutAsync($"/api/follows/people/{actor}", new { }), HttpStatusCode.NotFound, "follow_target_unknown");
        await Problems.IsAsync(await person.PutAsync("/api/follows/genres/nothing", new { }), HttpStatusCode.NotFound, "follow_target_unknown");
        await Problems.IsAsync(await person.PutAsync("/api/follows/titles/drama", new { }), HttpStatusCode.NotFound, "follow_target_unknown");
        var movie = await on.Studio.PublishAsync(Studio.Movie("Seen").With(actor));
        await Problems.IsAsync(await person.PutAsync($"/api/follows/series/{movie}", new { }), HttpStatusCode.NotFound, "follow_target_unknown");

        var series = await on.Studio.PublishAsync(Series.Of("Followed"));
        await person.FollowAsync("series", series);
        await person.FollowAsync("series", series);
        await person.FollowAsync("genres", "drama");
        await person.FollowAsync("people", actor);
        var all = await person.ListAsync("/api/follows");
        Assert.Equal(["genre", "person", "series"], all.Select(one => one.GetProperty("type").GetString()!).Order());
        Assert.Contains(all, one => one.GetProperty("name").GetString() == "Followed");
        Assert.Equal(HttpStatusCode.NoContent, (await person.DeleteAsync($"/api/follows/series/{series}")).StatusCode);
        Assert.Equal(2, (await person.ListAsync("/api/follows")).Count);
        Assert.Empty(await (await Told.PersonAsync(Portal)).ListAsync("/api/follows"));
    }

    private static IEnumerable<string> TitlesOf(JsonElement told) => told.GetProperty("titles").EnumerateArray().Select(title => title.GetProperty("id").GetString()!);
}
