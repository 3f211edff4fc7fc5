using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Uploads;

/// <summary>DELETE: gives an upload up and frees its bytes. The asset of a finished upload stays.</summary>
internal sealed class TerminateUpload(
    FindUpload find, UploadWriters writers, CompleteUpload complete, UploadDigests digests, IBlobs blobs, IDocuments documents)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public static async Task<IResult> Handle(string id, HttpContext http, TerminateUpload terminate, AuditTrail audit)
    {
        await audit.AddAsync(http, "upload_given_up", $"upload:{id}", "");
        return await terminate.RunAsync(id, Caller.Of(http), http.RequestAborted) is { } problem ? problem.ToResult() : TypedResults.NoContent();
    }

    public async Task<Problem?> RunAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await find.RunAsync(id, caller, cancellationToken);
            if (!found.IsFound) return found.Problem;
            if (found.Upload.Value.State is UploadState.Completing) await complete.RunAsync(id).WaitAsync(cancellationToken);

            await using var writer = await writers.EnterAsync(id, force: true, cancellationToken);
            if (writer is null) return UploadProblems.Locked;
            found = await find.RunAsync(id, caller, cancellationToken);
            if (!found.IsFound) return found.Problem;
            if (found.Upload.Value.State is not UploadState.Completing && await RemoveAsync(found.Upload)) return null;
        }
    }

    /// <summary>Removes an upload that no one is writing to; false when it changed meanwhile.</summary>
    public async Task<bool> RemoveAsync(Stored<Upload> upload)
    {
        if (upload.Value is { Role: UploadRole.Part, State: UploadState.Completed }) return await RemovePartAsync(upload);

        // The document goes first: an unfinished write without a document is found and freed by the sweep, a document without its
        // bytes could not be resumed.
        if (!await _uploads.DeleteAsync(upload.Id, upload.Version, CancellationToken.None)) return false;
        digests.Drop(upload.Id);
        if (upload.Value.Partial is { } partial) await blobs.AbortAsync(partial, CancellationToken.None);
        return true;
    }

    /// <summary>A finished part is a blob, which no sweep would find without its document: the document says first that the bytes are
    /// not to be used, and goes last.</summary>
    private async Task<bool> RemovePartAsync(Stored<Upload> part)
    {
        if (part.Value.Partial is { } partial)
        {
            var given = await _uploads.ReplaceAsync(part.Id, part.Version, part.Value with { Partial = null }, CancellationToken.None);
            if (given is null) return false;
            await blobs.AbortAsync(partial, CancellationToken.None);
            part = given;
        }

        await blobs.DeleteAsync(Upload.MasterKeyOf(part.Id), CancellationToken.None);
        return await _uploads.DeleteAsync(part.Id, part.Version, CancellationToken.None);
    }
}
