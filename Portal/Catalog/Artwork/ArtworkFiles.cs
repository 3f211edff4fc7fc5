using System.Text.RegularExpressions;
using FlickStream.Platform.Blobs;

namespace FlickStream.Portal.Catalog.Artwork;

/// <summary>Images as blobs, <c>artwork/{title}/{image}/{width}.{format}</c>.</summary>
internal sealed partial class ArtworkFiles(IBlobs blobs)
{
    public async Task WriteAsync(string titleId, string imageId, EncodedImage image, CancellationToken cancellationToken)
    {
        foreach (var (name, bytes) in image.Files)
        {
            using var content = new MemoryStream(bytes, writable: false);
            await blobs.WriteAsync($"artwork/{titleId}/{imageId}/{name}", content, cancellationToken);
        }
    }

    /// <summary>Null for what is none, whatever the names hold.</summary>
    public async Task<Stream?> OpenAsync(string titleId, string imageId, string name, CancellationToken cancellationToken) =>
        TitleName().IsMatch(titleId) && ImageName().IsMatch(imageId) && FileName().IsMatch(name)
            ? await blobs.OpenReadAsync($"artwork/{titleId}/{imageId}/{name}", null, cancellationToken) : null;

    public Task RemoveAsync(string titleId, string imageId, CancellationToken cancellationToken) => RemoveAsync($"artwork/{titleId}/{imageId}/", cancellationToken);

    public Task RemoveAllAsync(string titleId, CancellationToken cancellationToken) => RemoveAsync($"artwork/{titleId}/", cancellationToken);

    private async Task RemoveAsync(string folder, CancellationToken cancellationToken)
    {
        await foreach (var blob in blobs.ListAsync(folder, cancellationToken)) await blobs.DeleteAsync(blob.Key, cancellationToken);
    }

    [GeneratedRegex("^[0-9a-f]{16}\\z")]
    private static partial Regex TitleName();

    [GeneratedRegex("^[0-9a-f]{16}-[0-9a-f]{8}\\z")]
    private static partial Regex ImageName();

    [GeneratedRegex("^[1-9][0-9]{1,4}\\.(avif|webp|jpg|png)\\z")]
    private static partial Regex FileName();
}
