using System.Net;
using FlickStream.Platform.Documents;
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
}
