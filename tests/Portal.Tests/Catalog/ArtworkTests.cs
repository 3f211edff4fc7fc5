using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace FlickStream.Portal.Tests.Catalog;

public sealed class ArtworkTests(PortalHost portal) : IClassFixture<PortalHost>
{
    // A test that waited for longer would wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_becomes_a_few_widths_in_three_formats_without_what_it_said_beside()
    {
        using var studio = await Studio.OfAsync(portal);
        var id = await studio.PublishAsync(Studio.Movie("Pictured"));
        var sent = await studio.SendImageAsync(id, "poster", Jpeg(600, 400, "secret place", isOnItsSide: true));
        Assert.True(sent.StatusCode == HttpStatusCode.OK, await sent.Content.ReadAsStringAsync(Ct));
        var page = await portal.Anonymous.GetFromJsonAsync<JsonElement>($"/api/titles/{id}", Ct);
        var poster = page.GetProperty("artwork")[0];
        Assert.Equal("[180,360] [\"avif\",\"webp\",\"jpg\"] 360 540", $"{poster.GetProperty("widths")} {poster.GetProperty("formats")} {poster.GetProperty("width")} {poster.GetProperty("height")}");
        foreach (var (format, type, begin) in new[] { ("avif", "image/avif", "ftypavif"), ("webp", "image/webp", "WEBP"), ("jpg", "image/jpeg", "JFIF") })
        {
            var answer = await portal.Anonymous.GetAsync($"{poster.GetProperty("url").GetString()}180.{format}", Ct);
            var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            if (format != "jpg") Assert.Contains(begin, text[..40]);
            Assert.DoesNotContain("secret place", text);
            Assert.DoesNotContain("Exif", text);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString().Replace("public, immutable, max-age=31536000", "public, max-age=31536000, immutable"));
            using var again = new HttpRequestMessage(HttpMethod.Get, answer.RequestMessage!.RequestUri);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await portal.Anonymous.SendAsync(again, Ct)).StatusCode);
        }
    }

    [Fact]
    public async Task An_editor_goes_on_from_the_revision_that_its_image_made()
    {
        using var studio = await Studio.OfAsync(portal);
        var movie = Studio.Movie("Edited");
        var id = (await studio.MakeAsync(movie)).GetProperty("id").GetString()!;
        var sent = await studio.SendImageAsync(id, "poster", Jpeg(600, 400, "", isOnItsSide: false));
        Assert.True(sent.StatusCode == HttpStatusCode.OK, await sent.Content.ReadAsStringAsync(Ct));
        Assert.Equal((await studio.GetAsync(id)).Tag, sent.Headers.ETag?.Tag);
        Assert.Equal(HttpStatusCode.OK, (await studio.PutAsync(id, movie, sent.Headers.ETag!.Tag)).StatusCode);
        var removed = await studio.Http.DeleteAsync($"/api/studio/titles/{id}/artwork/poster", Ct);
        Assert.Equal((HttpStatusCode.NoContent, (await studio.GetAsync(id)).Tag), (removed.StatusCode, removed.Headers.ETag?.Tag));
    }

    [Fact]
    public async Task Logos_keep_what_is_seen_through()
    {
        using var studio = await Studio.OfAsync(portal);
        var id = await studio.PublishAsync(Studio.Movie("Transparent"));
        using var image = Image.Black(300, 100, bands: 4).Copy(interpretation: Enums.Interpretation.Srgb);
        var answer = await (await studio.SendImageAsync(id, "logo", image.PngsaveBuffer())).Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal("[\"avif\",\"webp\",\"png\"]", answer.GetProperty("formats").ToString());
        var bytes = await portal.Anonymous.GetByteArrayAsync($"{answer.GetProperty("url").GetString()}240.png", Ct);
        Assert.Equal(6, bytes[25]); // PNG, 11.2.2: colour type 6 is RGB with alpha.
    }

    [Fact]
    public async Task V5_2_2_and_V5_2_6_Hostile_images_are_refused()
    {
        using var studio = await Studio.OfAsync(portal);
        var id = (await studio.MakeAsync(Studio.Movie("Attacked"))).GetProperty("id").GetString()!;
        var jpeg = Jpeg(400, 600, "x");
        await IsRefusedAsync(jpeg[..(jpeg.Length / 2)], HttpStatusCode.BadRequest, "artwork_broken");
        await IsRefusedAsync([0xFF, 0xD8, 0xFF, 0xE0, 0, 0], HttpStatusCode.BadRequest, "artwork_broken");
        await IsRefusedAsync(PngHeader(60_000, 60_000), HttpStatusCode.RequestEntityTooLarge, "artwork_too_large");
        await IsRefusedAsync(Jpeg(64, 400, "x"), HttpStatusCode.BadRequest, "artwork_shape_invalid");
        await IsRefusedAsync(Jpeg(40, 40, "x"), HttpStatusCode.BadRequest, "artwork_shape_invalid");
        await IsRefusedAsync("GIF89a"u8.ToArray(), HttpStatusCode.UnsupportedMediaType, "artwork_format_unknown");
        await IsRefusedAsync([], HttpStatusCode.UnsupportedMediaType, "artwork_format_unknown");
        await IsRefusedAsync(new byte[(20 << 20) + 1], HttpStatusCode.RequestEntityTooLarge, "artwork_too_large");
        Assert.Empty(await BlobsAsync(portal, id));

        async Task IsRefusedAsync(byte[] image, HttpStatusCode status, string code) =>
            await Problems.IsAsync(await studio.SendImageAsync(id, "poster", image), status, code);
    }

    [Fact]
    public async Task Beyond_those_who_may_wait_nobody_is_read_and_who_waits_is_served_once_there_is_a_place()
    {
        await using var own = await PortalHost.StartAsync(new() { ["Catalog:ArtworkAtOnce"] = "1", ["Catalog:ArtworkWaiting"] = "1" });
        using var studio = await Studio.OfAsync(own);
        var (id, image) = ((await studio.MakeAsync(Studio.Movie("Crowded"))).GetProperty("id").GetString()!, Jpeg(100, 64, "x"));
        using var first = new SlowImage(image);
        var holding = SendAsync(own, studio, id, first);
        await first.IsAsked.WaitAsync(Ct);

        // Of two that come now one waits and one is refused, neither of them read.
        using var second = new SlowImage(image);
        using var third = new SlowImage(image);
        Task<HttpResponseMessage>[] both = [SendAsync(own, studio, id, second), SendAsync(own, studio, id, third)];
        var refused = await await Task.WhenAny(both).WaitAsync(Patience, Ct);
        await Problems.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "artwork_busy");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.False(second.IsAsked.IsCompleted || third.IsAsked.IsCompleted);
        foreach (var slow in new[] { first, second, third }) slow.Finish();
        Assert.Equal(HttpStatusCode.OK, (await holding).StatusCode);
        Assert.Single(await Task.WhenAll(both), answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_sends_an_image_too_slowly_loses_the_place()
    {
        await using var own = await PortalHost.StartAsync(new() { ["Catalog:ArtworkAtOnce"] = "1", ["Catalog:ArtworkWaiting"] = "1" });
        using var studio = await Studio.OfAsync(own);
        var (id, image) = ((await studio.MakeAsync(Studio.Movie("Slow"))).GetProperty("id").GetString()!, Jpeg(100, 64, "x"));
        using var slow = new SlowImage(image);
        var holding = SendAsync(own, studio, id, slow);
        await slow.IsAsked.WaitAsync(Ct);
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        // The client looks for an answer once it has sent all.
        slow.Finish();
        await Problems.IsAsync(await holding.WaitAsync(Patience, Ct), HttpStatusCode.RequestTimeout, "artwork_too_slow");
        Assert.Equal(HttpStatusCode.OK, (await studio.SendImageAsync(id, "poster", image)).StatusCode);
    }

    [Fact]
    public async Task Artwork_goes_with_its_title_and_replaced_artwork_later()
    {
        await using var own = await PortalHost.StartAsync();
        using var studio = await Studio.OfAsync(own);
        var id = await studio.PublishAsync(Studio.Movie("Replaced"));
        var first = await (await studio.SendImageAsync(id, "still", Jpeg(100, 64, "x"))).Content.ReadFromJsonAsync<JsonElement>(Ct);
        await studio.SendImageAsync(id, "still", Jpeg(120, 64, "x"));
        await studio.SendImageAsync(id, "still", Jpeg(130, 64, "x"), "?language=de");
        var sweep = own.Services.GetRequiredService<CatalogSweep>();
        await sweep.SweepAsync(Ct);
        Assert.Equal(9, (await BlobsAsync(own, id)).Count);
        Assert.Equal(HttpStatusCode.OK, (await own.Anonymous.GetAsync($"{first.GetProperty("url").GetString()}100.webp", Ct)).StatusCode);

        own.Clock.Leap(TimeSpan.FromDays(1));
        await sweep.SweepAsync(Ct);
        await sweep.SweepAsync(Ct);
        Assert.Equal(6, (await BlobsAsync(own, id)).Count);
        await Problems.IsAsync(await own.Anonymous.GetAsync($"{first.GetProperty("url").GetString()}100.webp", Ct), HttpStatusCode.NotFound, "artwork_not_found");
        Assert.Equal(HttpStatusCode.NoContent, (await studio.Http.DeleteAsync($"/api/studio/titles/{id}/artwork/still?language=de", Ct)).StatusCode);
        await Problems.IsAsync(await studio.Http.DeleteAsync($"/api/studio/titles/{id}/artwork/still?language=de", Ct), HttpStatusCode.NotFound, "artwork_not_found");
        await Problems.IsAsync(await studio.Http.DeleteAsync($"/api/studio/titles/{id}/artwork/still?language=", Ct), HttpStatusCode.BadRequest, "title_language_invalid");
        Assert.Equal(HttpStatusCode.NoContent, (await studio.DeleteAsync(id)).StatusCode);
        Assert.Empty(await BlobsAsync(own, id));
        var titles = own.Services.GetRequiredService<IDocuments>().Set(Title.Schema);
        Assert.NotNull(await titles.GetAsync(id, Ct));
        own.Clock.Leap(TimeSpan.FromDays(1));
        await sweep.SweepAsync(Ct);
        Assert.Null(await titles.GetAsync(id, Ct));
    }

    [Fact]
    public async Task Of_replaced_artwork_the_oldest_goes_when_there_is_too_much()
    {
        using var studio = await Studio.OfAsync(portal);
        var id = (await studio.MakeAsync(Studio.Movie("Often replaced"))).GetProperty("id").GetString()!;
        var now = portal.Clock.GetUtcNow();
        var spares = Enumerable.Range(0, 202).Select(i => new SpareArtwork($"{i:x16}-00000000", now.AddMinutes(i - 202))).ToList();
        await portal.Services.GetRequiredService<TitleStore>().ChangeAsync(id, title => new(title with { SpareArtwork = [.. spares.AsEnumerable().Reverse()] }, null), Ct);
        foreach (var spare in new[] { spares[0], spares[2], spares[3] })
        {
            using var file = new MemoryStream([1]);
            await portal.Services.GetRequiredService<IBlobs>().WriteAsync($"artwork/{id}/{spare.Id}/100.jpg", file, Ct);
        }

        Assert.Equal(HttpStatusCode.OK, (await studio.SendImageAsync(id, "still", Jpeg(100, 64, "x"))).StatusCode);
        var stored = await portal.Services.GetRequiredService<IDocuments>().Set(Title.Schema).GetAsync(id, Ct);
        Assert.Equal(spares.Skip(3).Select(spare => spare.Id), stored!.Value.SpareArtwork.Select(spare => spare.Id).Order(StringComparer.Ordinal));
        Assert.Equal([spares[3].Id], (await BlobsAsync(portal, id)).Select(blob => blob.Key.Split('/')[2]).Where(image => image.EndsWith("-00000000", StringComparison.Ordinal)));
    }

    private static byte[] Jpeg(int width, int height, string said, bool isOnItsSide = false)
    {
        using var noise = Image.Gaussnoise(width, height, sigma: 20, mean: 120, seed: 7).Cast(Enums.BandFormat.Uchar);
        using var image = noise.Bandjoin(noise, noise).Copy(interpretation: Enums.Interpretation.Srgb).Mutate(
            mutable =>
            {
                mutable.Set(GValue.GStrType, "exif-ifd0-ImageDescription", $"{said} ({said}, ASCII, 13 components, 13 bytes)");
                if (isOnItsSide) mutable.Set(GValue.GIntType, "orientation", 6);
            });
        return image.JpegsaveBuffer(q: 80, keep: Enums.ForeignKeep.All);
    }

    // A header alone, by which nothing may be allocated.
    private static byte[] PngHeader(int width, int height)
    {
        using var small = Image.Black(1, 1);
        var png = small.PngsaveBuffer();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    private static async Task<List<BlobInfo>> BlobsAsync(PortalHost host, string titleId)
    {
        var found = new List<BlobInfo>();
        await foreach (var blob in host.Services.GetRequiredService<IBlobs>().ListAsync($"artwork/{titleId}/", Ct)) found.Add(blob);
        return found;
    }

    private static async Task<HttpResponseMessage> SendAsync(PortalHost portal, Studio studio, string id, HttpContent image)
    {
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan }) { BaseAddress = portal.Address };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/studio/titles/{id}/artwork/poster") { Content = image };
        request.Headers.Authorization = studio.Http.DefaultRequestHeaders.Authorization;
        request.Headers.ExpectContinue = true;
        return await client.SendAsync(request, Ct);
    }

    /// <summary>Sends its first half once the server reads, and the rest when it is told to.</summary>
    private sealed class SlowImage(byte[] image) : HttpContent
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsAsked => _asked.Task;

        public void Finish() => _rest.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(image.AsMemory(0, image.Length / 2), Ct);
            await stream.FlushAsync(Ct);
            _asked.TrySetResult();
            await _rest.Task;
            await stream.WriteAsync(image.AsMemory(image.Length / 2), Ct);
        }

        protected override bool TryComputeLength(out long length) => (length = image.Length) > 0;
    }
}
