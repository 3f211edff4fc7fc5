using FlickStream.Platform.Blobs;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>Room on the disk of the blobs; unlimited where they are not files of this machine.</summary>
internal sealed class StorageSpace(IBlobs blobs, IOptions<UploadOptions> options)
{
    private const int NoSpaceLeft = 28;
    private const int QuotaOfUser = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

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

    /// <summary>.NET gives errno (ENOSPC, EDQUOT) as the code of an <see cref="IOException"/> on Unix.</summary>
    public static bool IsFull(IOException fault) => fault.HResult is NoSpaceLeft or QuotaOfUser or WindowsDiskFull;
}
