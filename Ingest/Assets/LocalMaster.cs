using FlickStream.Platform.Blobs;

namespace FlickStream.Ingest.Assets;

/// <summary>Masters as files that ffprobe can open: in place where blobs are files, as a temporary copy elsewhere.</summary>
internal sealed class LocalMaster(IBlobs blobs)
{
    /// <summary>Runs <paramref name="use"/> with the master's path; null when the blob is gone.</summary>
    public async Task<T?> UseAsync<T>(string key, Func<string, Task<T>> use, CancellationToken cancellationToken)
        where T : class
    {
        if (await blobs.FindAsync(key, cancellationToken) is null) return null;
        if (blobs.LocalPath(key) is { } path) return await use(path);

        await using var master = await blobs.OpenReadAsync(key, null, cancellationToken);
        if (master is null) return null;
        var copy = Path.Combine(Path.GetTempPath(), $"flickstream-master-{Guid.NewGuid():N}");
        try
        {
            await using (var file = File.Create(copy)) await master.CopyToAsync(file, cancellationToken);
            return await use(copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
