using FlickStream.Platform.Blobs;

namespace FlickStream.Platform.Masters;

/// <summary>
/// Masters as files, because ffmpeg in its sandbox has no network and seeks: in place where blobs are files, else as copies that all
/// runs of this process share. A copy is whole before it is used: ffmpeg would take a part that is not there yet for zeros.
/// </summary>
public sealed class MasterFiles : IDisposable
{
    private readonly IBlobs _blobs;
    private readonly MasterCopies? _copies;

    /// <param name="blobs">The blobs.</param>
    /// <param name="options">Of copies.</param>
    /// <param name="folder">Where copies go when the options do not say.</param>
    /// <param name="time">The clock.</param>
    internal MasterFiles(IBlobs blobs, MasterOptions options, string folder, TimeProvider time)
    {
        _blobs = blobs;
        var areFiles = blobs.LocalPath("masters/any") is not null;
        _copies = areFiles ? null : new MasterCopies(blobs, options, folder, time);
    }

    /// <summary>Bytes of the largest master that there can be a file of: a larger one could never be inspected.</summary>
    public long LargestBytes => _copies?.LargestBytes ?? long.MaxValue;

    /// <summary>Null when there is no such master.</summary>
    /// <exception cref="BlobStorageFullException">A copy is needed, and there is no room for it now.</exception>
    public async Task<MasterFile?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        if (await _blobs.FindAsync(key, cancellationToken) is not { } master) return null;
        return _copies is null ? new MasterFile(_blobs.LocalPath(key)!) : await _copies.OpenAsync(master, cancellationToken);
    }

    public void Dispose() => _copies?.Dispose();
}
