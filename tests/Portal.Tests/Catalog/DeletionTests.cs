using System.Net;
using System.Text.Json.Nodes;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Catalog;

/// <summary>Of a series that is deleted while a season is made for it, one of both is refused.</summary>
public sealed class DeletionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_season_whose_series_is_deleted_before_it_is_written_is_refused_and_leaves_nothing()
    {
        ContendedDocuments documents = null!;
        await using var portal = await PortalHost.StartAsync(through: real => documents = new ContendedDocuments(real));
        using var studio = await Studio.OfAsync(portal);
        var series = await SeriesAsync(studio);
        documents.BeforeInsertion = async written =>
        {
            if (written is Title) Assert.Equal(HttpStatusCode.NoContent, (await studio.DeleteAsync(series)).StatusCode);
        };
        await Problems.IsAsync(await studio.CreateAsync(Season(series)), HttpStatusCode.BadRequest, "title_parent_invalid");
        documents.BeforeInsertion = null;
        Assert.Equal(0, await ChildrenAsync(portal, series));
    }

    [Fact]
    public async Task A_series_that_a_season_is_made_for_while_it_is_deleted_stays()
    {
        ContendedDocuments documents = null!;
        await using var portal = await PortalHost.StartAsync(through: real => documents = new ContendedDocuments(real));
        using var studio = await Studio.OfAsync(portal);
        var series = await SeriesAsync(studio);
        // Before anything of the series is written, so that who makes the season sees nothing of what is about to happen.
        documents.BeforeReplacement<Title>(async () => Assert.Equal(HttpStatusCode.Created, (await studio.CreateAsync(Season(series))).StatusCode));
        await Problems.IsAsync(await studio.DeleteAsync(series), HttpStatusCode.Conflict, "title_has_children");
        Assert.Equal(1, await ChildrenAsync(portal, series));

        // It is as before: there is room for another season, and nobody's edit was void.
        Assert.Equal(HttpStatusCode.Created, (await studio.CreateAsync(Season(series, 2))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await studio.PutAsync(series, Series(), "\"r1\"")).StatusCode);
    }

    private static async Task<string> SeriesAsync(Studio studio) => (await studio.MakeAsync(Series())).GetProperty("id").GetString()!;

    private static JsonObject Series()
    {
        var content = Studio.Movie("Series");
        content["kind"] = "series";
        return content;
    }

    private static JsonObject Season(string series, int number = 1)
    {
        var content = Studio.Movie("Season");
        (content["kind"], content["parentId"], content["number"]) = ("season", series, number);
        return content;
    }

    private static Task<long> ChildrenAsync(PortalHost portal, string series) =>
        portal.Services.GetRequiredService<IDocuments>().Set(Title.Schema).CountAsync([DocumentFilter.Equal("parent", series)], Ct);
}
