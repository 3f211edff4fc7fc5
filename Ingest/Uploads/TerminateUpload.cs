using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Uploads;

/// <summary>DELETE: gives an upload up and frees its bytes. The asset of a finished upload stays.</summary>
internal sealed class TerminateUpload(
    FindUpload find, UploadWriters writers, CompleteUpload complete, UploadDigests digests, IBlobs blobs, IDocuments documents)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public static async Task<IResult> Handle(string id, HttpContext http, TerminateUpload terminate) =>
        await terminate.RunAsync(id, Caller.Of(http), http.RequestAborted) is { } problem ? problem.ToResult() : TypedResults.NoContent();

    public async Task<Problem?> RunAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await find.RunAsync(id, caller, cancellationToken);
            if (!found.IsFound) return found.Problem;
            if (found.Upload.Value.State is UploadState.Completing) await complete.RunAsync(id).WaitAsync(cancellationToken);

            using var writer = await writers.EnterAsync(id, force: true, cancellationToken);
            if (writer is null) return UploadProblems.Locked;
            found = await find.RunAsync(id, caller, cancellationToken);
            if (!found.IsFound) return found.Problem;
            if (found.Upload.Value.State is not UploadState.Completing && await RemoveAsync(found.Upload)) return null;
        }
    }

    /// <summary>Removes an upload that no one is writing to; false when it changed meanwhile. The document goes first: stored
    /// bytes without a document are found and freed by the sweep, a document without its bytes could not be resumed.</summary>
    public async Task<bool> RemoveAsync(Stored<Upload> upload)
    {
        if (!await _uploads.DeleteAsync(upload.Id, upload.Version, CancellationToken.None)) return false;
        digests.Drop(upload.Id);
        if (upload.Value.Partial is { } partial) await blobs.AbortAsync(partial, CancellationToken.None);
        return true;
    }
}
