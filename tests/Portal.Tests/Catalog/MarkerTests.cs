using System.Net;
using System.Text.Json.Nodes;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Catalog;

public sealed class MarkerTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"intro":{"startSeconds":10}}""")]
    [InlineData("""{"intro":{"startSeconds":-1,"endSeconds":5}}""")]
    [InlineData("""{"intro":{"startSeconds":10,"endSeconds":10}}""")]
    [InlineData("""{"intro":{"endSeconds":10}}""")]
    [InlineData("""{"credits":{"endSeconds":10}}""")]
    [InlineData("""{"credits":{"startSeconds":1e300}}""")]
    [InlineData("""{"intro":{"startSeconds":10,"endSeconds":50},"credits":{"startSeconds":40}}""")]
    public async Task Marks_that_are_none_are_refused(string markers)
    {
        using var studio = await Studio.OfAsync(portal);
        await Problems.IsAsync(await studio.CreateAsync(Marked(markers)), HttpStatusCode.BadRequest, "markers_invalid");
    }

    [Fact]
    public async Task Only_what_is_played_is_marked_and_within_its_length()
    {
        using var studio = await Studio.OfAsync(portal);
        var series = Series.Of("Series");
        series["markers"] = JsonNode.Parse("""{"credits":{"startSeconds":40}}""");
        await Problems.IsAsync(await studio.CreateAsync(series), HttpStatusCode.BadRequest, "markers_invalid");
        var movie = Marked("""{"credits":{"startSeconds":100}}""");
        var asset = await studio.AssetAsync();
        await portal.Services.GetRequiredService<IDocuments>().Set(Asset.Schema).UpdateAsync(asset, known => known with { Media = new("mov", 100, null, null, []) }, Ct);
        movie["assetId"] = asset;
        await Problems.IsAsync(await studio.CreateAsync(movie), HttpStatusCode.BadRequest, "markers_invalid");
        movie["markers"]!["credits"]!["startSeconds"] = 99;
        await studio.MakeAsync(movie);
    }

    [Theory]
    [InlineData("jsonl", "application/x-ndjson")]
    [InlineData("csv", "text/csv")]
    public async Task Marks_are_exported_and_imported(string format, string type)
    {
        using var studio = await Studio.OfAsync(portal);
        var id = (await studio.MakeAsync(Marked("""{"intro":{"startSeconds":1.5,"endSeconds":20},"credits":{"startSeconds":90}}"""))).GetProperty("id").GetString()!;
        var file = await studio.ExportAsync(format);
        var content = Studio.Movie("Unmarked");
        content["externalId"] = id;
        await studio.PutAsync(id, content);
        Assert.Equal(1, (await studio.ImportAsync(file, type)).GetProperty("changed").GetInt32());
        var (title, _) = await studio.GetAsync(id);
        var markers = title.GetProperty("content").GetProperty("markers");
        Assert.Equal((1.5, 90.0), (markers.GetProperty("intro").GetProperty("startSeconds").GetDouble(), markers.GetProperty("credits").GetProperty("startSeconds").GetDouble()));
        Assert.Equal(1, (await studio.ImportAsync(file, type)).GetProperty("rows").GetInt32());
    }

    private static JsonObject Marked(string markers)
    {
        var movie = Studio.Movie("Marked");
        movie["markers"] = JsonNode.Parse(markers);
        return movie;
    }
}
