using FlickStream.Platform.Blobs;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>Room on the disk of the blobs; unlimited where they are not files of this machine.</summary>
internal sealed class StorageSpace(IBlobs blobs, IOptions<UploadOptions> options)
{
    /// <summary>Bytes that uploads may still fill.</summary>
    public long Room => Drive is { } drive ? drive.AvailableFreeSpace - options.Value.MinimumFreeBytes : long.MaxValue;

    public bool IsLow => Room <= 0;

    private DriveInfo? Drive
    {
        get
        {
            var folder = blobs.LocalPath("masters/room");
            while (folder is not null && !Directory.Exists(folder)) folder = Path.GetDirectoryName(folder);
            return folder is null ? null : new DriveInfo(folder);
        }
    }
}
