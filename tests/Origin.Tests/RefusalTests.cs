using System.Net;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Tests;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_changed_token_is_refused()
    {
        await using var host = await OriginHost.StartAsync();
        var path = (await host.PlayAsync()).AbsolutePath;
        for (var i = "/play/".Length; i < path.Length - 1; i += 7)
        {
            var changed = $"{path[..i]}{(path[i] == 'A' ? 'B' : 'A')}{path[(i + 1)..]}v720/0.m4s";
            using var response = await host.Client.GetAsync(changed, TestContext.Current.CancellationToken);
            await Refusals.AssertAsync(response, 403, "token_invalid");
        }
    }

    [Fact]
    public async Task Studios_play_their_own_titles_and_a_sites_key_plays_all()
    {
        await using var host = await OriginHost.StartAsync();

        using var owner = await host.AskAsync(new { assetId = Sample.AssetId }, "key1@studio");
        using var another = await host.AskAsync(new { assetId = Sample.AssetId }, "key2@rival");
        using var site = await host.AskAsync(new { assetId = Sample.AssetId }, "key3");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (owner.StatusCode, site.StatusCode));
        await Refusals.AssertAsync(another, 404, "asset_not_found");
    }

    [Theory]
    [InlineData("/play/x/master.m3u8")]
    [InlineData("/play/AAAA/v720/0.m4s")]
    public async Task What_is_no_token_is_refused(string path)
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(response, 403, "token_invalid");
    }

    [Fact]
    public async Task A_token_of_another_installation_is_refused()
    {
        await using var host = await OriginHost.StartAsync();
        await using var other = await OriginHost.StartAsync();
        await host.GrantAsync();
        var foreign = (await other.PlayAsync()).AbsolutePath + "master.m3u8";
        using var response = await host.Client.GetAsync(foreign, TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(response, 403, "token_invalid");
    }

    [Fact]
    public async Task An_expired_token_says_so_to_the_second()
    {
        await using var host = await OriginHost.StartAsync();
        var play = await host.PlayAsync(new { assetId = Sample.AssetId, ttlSeconds = 60 });
        host.Time.Advance(TimeSpan.FromSeconds(59));
        using var before = await host.Client.GetAsync(new Uri(play, "v720/0.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        using var after = await host.Client.GetAsync(new Uri(play, "v720/0.m4s"), TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(after, 403, "token_expired");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing.m3u8")]
    [InlineData("v720")]
    [InlineData("v720/")]
    [InlineData("v720/4.m4s")]
    [InlineData("v720/-1.m4s")]
    [InlineData("v720/01.m4s")]
    [InlineData("v720/99999999999.m4s")]
    [InlineData("v720/1.mp4")]
    [InlineData("v999/0.m4s")]
    [InlineData("a1-128k/iframes.m3u8")]
    [InlineData("sprites/9.jpg")]
    [InlineData("sprites/x.jpg")]
    [InlineData("..%2fposter.jpg")]
    [InlineData("v720/..%2f..%2frev1%2fposter.jpg")]
    [InlineData("v720/0.m4s/1")]
    public async Task What_is_not_there_is_not_found(string name)
    {
        await using var host = await OriginHost.StartAsync();
        using var response = await host.Client.GetAsync((await host.PlayAsync()).AbsoluteUri + name, TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(response, 404, "not_found");
    }

    [Fact]
    public async Task A_deleted_asset_stops_playing()
    {
        await using var host = await OriginHost.StartAsync();
        var play = await host.PlayAsync();
        await host.SetAssetAsync(AssetState.Deleted);
        host.Time.Advance(TimeSpan.FromSeconds(11));
        using var response = await host.Client.GetAsync(new Uri(play, "v720/0.m4s"), TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(response, 404, "not_found");
    }

    [Fact]
    public async Task A_title_that_was_encoded_anew_asks_for_a_new_grant()
    {
        await using var host = await OriginHost.StartAsync();
        var play = await host.PlayAsync();
        await host.Documents.Set(Presentation.Schema).DeleteAsync(Sample.AssetId, cancellationToken: TestContext.Current.CancellationToken);
        await host.Documents.Set(Presentation.Schema)
            .InsertAsync(Sample.AssetId, Sample.Presentation with { Revision = "rev2" }, TestContext.Current.CancellationToken);
        host.Time.Advance(TimeSpan.FromSeconds(11));
        using var response = await host.Client.GetAsync(new Uri(play, "v720/0.m4s"), TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(response, 410, "presentation_replaced");
    }

    [Fact]
    public async Task Other_methods_are_refused_and_a_preflight_is_answered_whatever_the_token()
    {
        await using var host = await OriginHost.StartAsync();
        using var posted = await host.Client.PostAsync(new Uri(await host.PlayAsync(), "v720/0.m4s"), null, TestContext.Current.CancellationToken);
        await Refusals.AssertAsync(posted, 405, "method_not_allowed");
        using var asked = await host.Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Options, "/play/x/v720/0.m4s"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal("*", asked.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Range", asked.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task V14_2_4_and_V16_2_5_No_token_reaches_the_log()
    {
        await using var host = await OriginHost.StartAsync();
        var play = await host.PlayAsync();
        foreach (var name in new[] { "master.m3u8", "v720/0.m4s", "v999/0.m4s" })
        {
            using var response = await host.Client.GetAsync(new Uri(play, name), TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(play.Segments[2].Trim('/'), StringComparison.Ordinal));
    }
}
