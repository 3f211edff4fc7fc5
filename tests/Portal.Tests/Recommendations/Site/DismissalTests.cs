using System.Net;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Recommendations.Site.Dismissals;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Watching;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Recommendations.Site;

public sealed class DismissalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_profile_puts_away_no_more_titles_than_it_may()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Recommendations:Dismissals"] = "3" });
        using var studio = await Studio.OfAsync(portal);
        using var viewer = await Person.RegisteredAsync(portal);
        var profile = await viewer.EnterAsync();
        var titles = new List<string>();
        for (var i = 0; i < 6; i++) titles.Add(await studio.PublishAsync(Studio.Movie($"Movie {i}")));
        var answers = await Task.WhenAll(titles.Concat(titles).Select(PutAwayAsync));
        Assert.Equal(6, answers.Count(answer => answer.StatusCode == HttpStatusCode.NoContent));
        foreach (var full in answers.Where(answer => answer.StatusCode != HttpStatusCode.NoContent))
            await Problems.IsAsync(full, HttpStatusCode.Conflict, "dismissals_full");
        var told = (await viewer.ReadAsync("/api/accounts/me/export")).GetProperty("notInterested")[0].GetProperty("titleIds").EnumerateArray()
            .Select(id => id.GetString()!).ToList();
        Assert.Equal(3, told.Distinct().Count());

        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/not-interested/{told[0]}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PutAwayAsync(titles.First(title => !told.Contains(title)))).StatusCode);

        // As of a site that has lowered the limit.
        await portal.Services.GetRequiredService<IDocuments>().Set(Dismissed.Schema).UpdateAsync(profile, known => known with { TitleIds = titles }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, (await PutAwayAsync(titles[5])).StatusCode);
        await Problems.IsAsync(await PutAwayAsync(await studio.PublishAsync(Studio.Movie("Another"))), HttpStatusCode.Conflict, "dismissals_full");

        Task<HttpResponseMessage> PutAwayAsync(string title) => viewer.Browser.PutAsync($"/api/not-interested/{title}", null, Ct);
    }

    [Fact]
    public async Task What_a_profile_put_away_goes_with_the_profile_and_with_the_account()
    {
        await using var portal = await PortalHost.StartAsync(new() { ["Accounts:DeletionGrace"] = "00:00:00" });
        using var studio = await Studio.OfAsync(portal);
        using var viewer = await Person.RegisteredAsync(portal);
        using var other = await Person.RegisteredAsync(portal);
        var title = await studio.PublishAsync(Studio.Movie("Movie"));
        string[] profiles = [await viewer.EnterAsync(), await viewer.ProfileAsync(new { name = "Goes" }), await other.EnterAsync()];
        foreach (var (person, profile) in new[] { viewer, viewer, other }.Zip(profiles))
        {
            await person.EnterAsync(profile);
            Assert.Equal(HttpStatusCode.NoContent, (await person.Browser.PutAsync($"/api/not-interested/{title}", null, Ct)).StatusCode);
        }

        Assert.Equal(profiles.Order(StringComparer.Ordinal), await KeptAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/profiles/{profiles[1]}", Ct)).StatusCode);
        Assert.Equal(new[] { profiles[0], profiles[2] }.Order(StringComparer.Ordinal), await KeptAsync());
        Assert.Equal(HttpStatusCode.OK, (await viewer.Browser.DeleteAsync("/api/accounts/me", Ct)).StatusCode);
        await portal.Services.GetRequiredService<AccountSweep>().SweepAsync(Ct);
        Assert.Equal([profiles[2]], await KeptAsync());

        async Task<IReadOnlyList<string>> KeptAsync() => [.. (await portal.Services.GetRequiredService<IDocuments>().Set(Dismissed.Schema).QueryAllAsync(new() { Limit = 500 }, Ct)
            .Select(kept => kept.Id).ToListAsync(Ct)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_part_puts_its_series_away_and_takes_it_back()
    {
        await using var watching = new WatchingPortal();
        await watching.InitializeAsync();
        using var viewer = await watching.ViewerAsync();
        var (series, episodes) = await watching.SeriesAsync((1, 2));
        var season = (await viewer.ReadAsync($"/api/titles/{series}/children")).GetProperty("items")[0].GetProperty("id").GetString()!;
        var movie = await watching.TitleAsync();
        var extra = await watching.TitleAsync(Series.Part("extra", movie, null));
        foreach (var (part, whole) in ((string, string)[])[(episodes[1], series), (season, series), (series, series), (extra, movie)])
        {
            Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.PutAsync($"/api/not-interested/{part}", null, Ct)).StatusCode);
            Assert.Equal([whole], await PutAwayAsync());
            Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/not-interested/{part}", Ct)).StatusCode);
            Assert.Empty(await PutAwayAsync());
        }

        // Not seen any more, it is among them without its card, and can be taken back.
        var alone = await watching.TitleAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.PutAsync($"/api/not-interested/{alone}", null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await watching.Studio.MoveAsync(alone, "withdraw")).StatusCode);
        var listed = Assert.Single((await viewer.ReadAsync("/api/not-interested")).GetProperty("items").EnumerateArray());
        Assert.Equal((alone, JsonValueKind.Null), (listed.GetProperty("id").GetString(), listed.GetProperty("title").ValueKind));
        Assert.Equal(HttpStatusCode.NoContent, (await viewer.Browser.DeleteAsync($"/api/not-interested/{alone}", Ct)).StatusCode);
        Assert.Empty(await PutAwayAsync());

        async Task<IReadOnlyList<string>> PutAwayAsync() =>
            [.. (await viewer.ReadAsync("/api/not-interested")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }
}
