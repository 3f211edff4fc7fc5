using FlickStream.Ingest.Assets;
using FlickStream.Ingest.Uploads;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Ingest.Tests.Assets;

/// <summary>A finished upload that replaces the master of <c>title</c>.</summary>
internal sealed class Uploaded(IngestHost host, string id)
{
    public static Replacement Offered(string id) =>
        new(id, ReplacementState.Inspecting, id, 1, null, $"masters/{id}", TimeProvider.System.GetUtcNow(), null);

    public async Task<bool> OfferAsync(byte[] bytes)
    {
        await host.Blobs.WriteAsync(Upload.MasterKeyOf(id), new MemoryStream(bytes));
        var upload = new Upload
        {
            Id = id,
            Owner = "key",
            State = UploadState.Completing,
            Role = UploadRole.Whole,
            Metadata = new UploadMetadata(null, id, id, null) { Replaces = "title" },
            CreatedAt = TimeProvider.System.GetUtcNow(),
            ExpiresAt = TimeProvider.System.GetUtcNow(),
        };
        return await host.Services.GetRequiredService<ReplaceMaster>().OfferAsync(upload, new BlobInfo(Upload.MasterKeyOf(id), bytes.Length));
    }
}
