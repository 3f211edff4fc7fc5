namespace FlickStream.Platform.Blobs;

public static class DiskFaults
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether a file or folder could not be written because there is no room for it.</summary>
    public static bool IsFull(IOException e) => e.HResult is NoSpace or OverQuota or WindowsDiskFull;
}
