using System.Net;
using FlickStream.Origin.Grants;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Origin.Tests;

/// <summary>A title that was encoded again: <c>rev2</c> is current, with the sound of <c>rev1</c>, which lies aside.</summary>
public sealed class ReplacedTitleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_began_with_the_old_encoding_plays_it_to_its_end()
    {
        await using var host = await OriginHost.StartAsync();
        var old = await host.PlayAsync();
        var playlist = await host.Client.GetStringAsync(new Uri(old, "v720/media.m3u8"), Ct);

        await ReplaceAsync(host);

        Assert.Equal(playlist, await host.Client.GetStringAsync(new Uri(old, "v720/media.m3u8"), Ct));
        for (var n = 0; n < 4; n++)
            Assert.Equal(Sample.Run("v720", n).Segments[0].Bytes, (await host.Client.GetByteArrayAsync(new Uri(old, $"v720/{n}.m4s"), Ct)).Length);
        using var poster = await host.Client.GetAsync(new Uri(old, "poster.jpg"), Ct);
        Assert.Contains("rev1", poster.Headers.ETag!.Tag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_grants_get_the_new_encoding_and_its_parts_from_where_they_lie()
    {
        await using var host = await OriginHost.StartAsync();
        await ReplaceAsync(host);

        var play = await host.PlayAsync();

        Assert.DoesNotContain("v720", await host.Client.GetStringAsync(new Uri(play, "master.m3u8"), Ct), StringComparison.Ordinal);
        Assert.Contains("\n3.m4s", await host.Client.GetStringAsync(new Uri(play, "a1-128k/media.m3u8"), Ct), StringComparison.Ordinal);
        Assert.Equal("new"u8.ToArray(), await host.Client.GetByteArrayAsync(new Uri(play, "v234/0.m4s"), Ct));
        Assert.Equal(Sample.Content("a1-128k/3.m4s", Sample.Run("a1-128k", 3).Segments[0].Bytes), await host.Client.GetByteArrayAsync(new Uri(play, "a1-128k/3.m4s"), Ct));
        using var sound = await host.Client.GetAsync(new Uri(play, "a1-128k/0.m4s"), Ct);
        Assert.Contains("rev1", sound.Headers.ETag!.Tag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_origin_that_has_not_heard_of_the_change_looks_again_before_it_refuses()
    {
        await using var host = await OriginHost.StartAsync();
        await ReplaceAsync(host);
        var play = await host.PlayAsync();
        await host.Documents.Set(Presentation.Schema).UpdateAsync(Sample.AssetId, p => p with { Revision = "rev0" }, Ct);
        await host.Services.GetRequiredService<PresentationCache>().ReadAsync(Sample.AssetId, Ct);
        using var unknown = await host.Client.GetAsync(new Uri(play, "v234/0.m4s"), Ct);
        await Refusals.AssertAsync(unknown, 410, "presentation_replaced");

        // No message tells of it.
        await host.Documents.Set(Presentation.Schema).UpdateAsync(Sample.AssetId, p => p with { Revision = "rev2" }, Ct);
        Assert.Equal("new"u8.ToArray(), await host.Client.GetByteArrayAsync(new Uri(play, "v234/0.m4s"), Ct));
    }

    [Fact]
    public async Task What_is_being_made_aside_is_offered_to_nobody()
    {
        await using var host = await OriginHost.StartAsync();
        var cache = host.Services.GetRequiredService<PresentationCache>();
        await host.Documents.Set(Presentation.Schema).InsertAsync(
            Presentation.AsideId(Sample.AssetId, "rev2"), Sample.Presentation with { Revision = "rev2", State = PresentationState.Ready }, Ct);

        Assert.Null(await cache.FindRevisionAsync(Sample.AssetId, "rev2", Ct));
        Assert.Equal(Sample.Revision, (await cache.FindPlayableAsync(Sample.AssetId, Ct))!.Presentation.Revision);
    }

    [Fact]
    public async Task It_is_released_when_no_grant_is_left_and_not_before()
    {
        await using var host = await OriginHost.StartAsync();
        await host.GrantAsync(new { assetId = Sample.AssetId, ttlSeconds = 1200 });
        var second = await host.GrantAsync();
        await ReplaceAsync(host);
        await host.GrantAsync();
        host.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.False(await IsReleasedAsync(host));
        using var ended = new HttpRequestMessage(HttpMethod.Delete, $"/api/playback/{(string)second["grantId"]!}");
        ended.Headers.Add(KeyHeader.Header, "key1");
        Assert.Equal(HttpStatusCode.NoContent, (await host.Client.SendAsync(ended, Ct)).StatusCode);
        Assert.False(await IsReleasedAsync(host));
        host.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.True(await IsReleasedAsync(host));
    }

    [Fact]
    public async Task It_stays_a_while_for_origins_that_have_not_heard_yet()
    {
        await using var host = await OriginHost.StartAsync();
        await ReplaceAsync(host);

        Assert.False(await IsReleasedAsync(host));
        host.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.True(await IsReleasedAsync(host));
    }

    [Fact]
    public async Task The_copy_that_an_unfinished_swap_left_is_not_released()
    {
        await using var host = await OriginHost.StartAsync();
        await RetireAsync(host);
        host.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.False(await IsReleasedAsync(host));
    }

    [Fact]
    public async Task Once_its_media_may_be_gone_its_tokens_ask_for_a_new_grant()
    {
        await using var host = await OriginHost.StartAsync();
        var old = await host.PlayAsync();
        await ReplaceAsync(host);
        await host.Documents.Set(Presentation.Schema).UpdateAsync(
            Presentation.AsideId(Sample.AssetId, Sample.Revision), p => p with { LetGoAt = host.Time.GetUtcNow() }, Ct);

        using var response = await host.Client.GetAsync(new Uri(old, "v720/0.m4s"), Ct);
        await Refusals.AssertAsync(response, 410, "presentation_replaced");
    }

    [Fact]
    public async Task A_signature_opens_every_encoding_that_the_title_lies_in()
    {
        await using var host = await OriginHost.StartAsync();
        await ReplaceAsync(host);
        var view = (await host.Services.GetRequiredService<PresentationCache>().FindAsync(Sample.AssetId, Ct))!;
        var claims = new GrantClaims { GrantId = Guid.NewGuid(), AssetId = Sample.AssetId, Revision = "rev2", ExpiresAt = Sample.Start };

        Assert.Equal(new MediaPart[] { new("rev2", ""), new("rev1", "") }, GrantScope.Of(claims, view).Parts);
    }

    private static async Task RetireAsync(OriginHost host) => await host.Documents.Set(Presentation.Schema).InsertAsync(
        Presentation.AsideId(Sample.AssetId, Sample.Revision),
        Sample.Presentation with { State = PresentationState.Ready, RetiredAt = host.Time.GetUtcNow() },
        Ct);

    private static async Task ReplaceAsync(OriginHost host)
    {
        await RetireAsync(host);
        var run = Sample.Run("v234", 0) with
        {
            Revision = "rev2",
            Segments = [.. Enumerable.Range(0, 4).SelectMany(n => Sample.Run("v234", n).Segments)],
        };
        await host.Documents.Set(SegmentRun.Schema).InsertAsync(SegmentRun.IdOf(run.AssetId, "rev2", "v234", 0), run, Ct);
        await host.Blobs.WriteAsync($"media/{Sample.AssetId}/rev2/v234/0.m4s", new MemoryStream("new"u8.ToArray()), Ct);
        await host.Documents.Set(Presentation.Schema).UpdateAsync(
            Sample.AssetId,
            p => p with
            {
                Revision = "rev2",
                Video = [.. p.Video.Where(v => v.Name == "v234")],
                Audio = [.. p.Audio.Select(a => a with { Source = new("recipe", "rev1") })],
            },
            Ct);
        await host.RingAsync(Topics.PresentationChanged);
        await host.Services.GetRequiredService<PresentationCache>().ReadAsync(Sample.AssetId, Ct);
    }

    private static async Task<bool> IsReleasedAsync(OriginHost host)
    {
        await host.Services.GetRequiredService<Releases>().SweepAsync(Ct);
        var aside = await host.Documents.Set(Presentation.Schema).GetAsync(Presentation.AsideId(Sample.AssetId, Sample.Revision), Ct);
        return aside!.Value.ReleasedAt is not null;
    }
}
