using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Http;

/// <summary>What a caller is told when a request breaks off: that something it needs is away for now, or that it was a surprise.</summary>
public static class FaultProblems
{
    public static Problem Of(Exception fault) => fault switch
    {
        BlobStorageFullException => HttpProblems.StorageFull,
        BlobStorageUnavailableException => HttpProblems.StorageUnavailable,
        _ when DocumentFaults.IsFull(fault) => HttpProblems.StorageFull,
        _ when DocumentFaults.IsPassing(fault) => HttpProblems.DocumentsUnavailable,
        _ => HttpProblems.Internal,
    };
}
