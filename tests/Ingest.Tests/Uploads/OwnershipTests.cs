using System.Net;
using FlickStream.Ingest.Uploads;
using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Ingest.Tests.Uploads;

public sealed class OwnershipTests(IngestFixture ingest) : IClassFixture<IngestFixture>
{
    [Fact]
    public async Task Another_keys_upload_does_not_exist()
    {
        using var other = await ingest.Host.NewClientAsync(Scopes.Ingest);
        var url = await ingest.Client.CreateAsync(10);

        using var head = await other.HeadAsync(url);
        using var patch = await other.PatchAsync(url, 0, [1]);
        using var delete = await other.SendTusAsync(HttpMethod.Delete, url);

        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
        await patch.AssertProblemAsync(404, "upload_not_found");
        await delete.AssertProblemAsync(404, "upload_not_found");
        Assert.Equal(0, await ingest.Client.OffsetAsync(url));
    }

    [Fact]
    public async Task Another_keys_part_cannot_be_concatenated()
    {
        using var other = await ingest.Host.NewClientAsync(Scopes.Ingest);
        var part = await ingest.Client.UploadPartAsync([1]);

        using var before = await other.PostTusAsync(("Upload-Concat", $"final;{part}"));
        (await ingest.Client.PostTusAsync(("Upload-Concat", $"final;{part}"))).Dispose();
        using var after = await other.PostTusAsync(("Upload-Concat", $"final;{part}"));

        await before.AssertProblemAsync(400, "upload_part_not_found");
        await after.AssertProblemAsync(400, "upload_part_not_found");
    }

    [Fact]
    public async Task An_asset_is_its_uploaders()
    {
        var url = await ingest.Client.CreateAsync(3);
        (await ingest.Client.PatchAsync(url, 0, [1, 2, 3])).Dispose();
        var id = url[(url.LastIndexOf('/') + 1)..];

        var documents = ingest.Host.Services.GetRequiredService<IDocuments>();
        var upload = await documents.Set(Upload.Schema).GetAsync(id);
        var asset = await documents.Set(Asset.Schema).GetAsync(id);

        Assert.NotEqual("", upload?.Value.Owner);
        Assert.Equal(upload?.Value.Owner, asset?.Value.Owner);
    }

    [Fact]
    public async Task Another_keys_asset_does_not_exist_and_its_own_and_an_administrators_lists_have_it()
    {
        using var other = await ingest.Host.NewClientAsync(Scopes.Ingest);
        using var admin = await ingest.Host.NewClientAsync(Scopes.Admin);
        var url = await ingest.Client.CreateAsync(3);
        (await ingest.Client.PatchAsync(url, 0, [1, 2, 3])).Dispose();
        var id = url[(url.LastIndexOf('/') + 1)..];
        Task<HttpResponseMessage> Ask(HttpMethod method, string path) => other.SendAsync(new HttpRequestMessage(method, $"/api/assets/{id}{path}"));

        foreach (var (method, path, code) in new[]
        {
            (HttpMethod.Get, "", "asset_not_found"), (HttpMethod.Delete, "", "asset_not_found"), (HttpMethod.Get, "/text", "asset_not_found"),
            (HttpMethod.Post, "/text?language=en", "asset_not_found"), (HttpMethod.Delete, "/text/1", "text_not_found"),
        })
        {
            using var answer = await Ask(method, path);
            await answer.AssertProblemAsync(404, code);
        }

        using var replaced = await other.PostTusAsync(("Upload-Length", "1"), ("Upload-Metadata", $"replaces {TusExtensions.Encoded(id)}"));
        await replaced.AssertProblemAsync(404, "replaced_asset_not_found");
        Assert.DoesNotContain(id, await other.GetStringAsync("/api/assets"), StringComparison.Ordinal);
        Assert.Contains(id, await ingest.Client.GetStringAsync("/api/assets"), StringComparison.Ordinal);
        Assert.Contains(id, await admin.GetStringAsync("/api/assets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrators_key_sees_every_upload()
    {
        using var admin = await ingest.Host.NewClientAsync(Scopes.Admin);
        var url = await ingest.Client.CreateAsync(10);

        using var patch = await admin.PatchAsync(url, 0, [1, 2]);

        Assert.Equal(HttpStatusCode.NoContent, patch.StatusCode);
        Assert.Equal(2, await ingest.Client.OffsetAsync(url));
    }

    [Fact]
    public async Task A_key_without_the_scope_and_a_request_without_a_key_get_nothing()
    {
        using var player = await ingest.Host.NewClientAsync(Scopes.Playback);
        using var nobody = new HttpClient { BaseAddress = ingest.Client.BaseAddress };
        var url = await ingest.Client.CreateAsync(10);

        foreach (var (client, status) in new[] { (player, 403), (nobody, 401) })
        {
            using var post = await client.PostTusAsync(("Upload-Length", "1"));
            using var head = await client.HeadAsync(url);
            using var assets = await client.GetAsync("/api/assets");
            using var delete = await client.DeleteAsync("/api/assets/a");

            Assert.All([post, head, assets, delete], response => Assert.Equal(status, (int)response.StatusCode));
        }
    }
}
