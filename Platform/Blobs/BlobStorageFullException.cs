namespace FlickStream.Platform.Blobs;

/// <summary>There is no room for the bytes. Nothing of the failed call is kept, and it may be tried again once there is room.</summary>
public sealed class BlobStorageFullException : IOException
{
    public BlobStorageFullException()
        : base("The blob storage is full.")
    {
    }

    public BlobStorageFullException(string message)
        : base(message)
    {
    }

    public BlobStorageFullException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
