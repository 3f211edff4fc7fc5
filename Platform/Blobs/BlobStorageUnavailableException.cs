namespace FlickStream.Platform.Blobs;

/// <summary>The storage does not answer, though it was asked several times. Nothing of the failed call counts, and it may be tried again.</summary>
public sealed class BlobStorageUnavailableException : IOException
{
    public BlobStorageUnavailableException()
        : base("The blob storage does not answer.")
    {
    }

    public BlobStorageUnavailableException(string message)
        : base(message)
    {
    }

    public BlobStorageUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
