using FlickStream.Ingest.Assets;
using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Telemetry;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>POST: begins an upload, and takes its first bytes when the request has some.</summary>
internal sealed class CreateUpload(
    AppendUpload append,
    TerminateUpload terminate,
    CompleteUpload complete,
    ReplaceMaster replace,
    UploadQuota quota,
    IBlobs blobs,
    IDocuments documents,
    TimeProvider time,
    IOptions<UploadOptions> options)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public static async Task<IResult> Handle(HttpContext http, CreateUpload create, ConcatenateUploads concatenate)
    {
        var concat = http.Request.Headers[Tus.ConcatHeader].ToString();
        var (upload, problem) = concat switch
        {
            "" => await create.RunAsync(UploadRole.Whole, http),
            "partial" => await create.RunAsync(UploadRole.Part, http),
            _ => await concatenate.RunAsync(concat, http),
        };
        if (upload is null) return problem!.ToResult();

        UploadAnswer.Describe(http.Response, upload);
        if (upload.State is UploadState.Refused) return UploadAnswer.RefusalOf(upload);
        return TypedResults.Created(UploadAnswer.LocationOf(http.Request, upload.Id));
    }

    private async Task<(Upload? Upload, Problem? Problem)> RunAsync(UploadRole role, HttpContext http)
    {
        if (UploadMetadata.TryParse(http.Request.Headers[Tus.MetadataHeader], out var fault) is not { } metadata)
            return (null, UploadProblems.MetadataInvalid with { Sentence = $"{UploadProblems.MetadataInvalid.Sentence} {fault}" });
        if (!TryReadLength(http.Request, out var length)) return (null, UploadProblems.LengthInvalid);
        var checksum = UploadChecksum.TryParse(http.Request, out var problem);
        if (problem is not null) return (null, problem);

        var caller = Caller.Of(http);
        Upload? made = null;
        problem = await replace.RefusalOfAsync(metadata, caller, http.RequestAborted)
            ?? quota.RefusalOf(length ?? 0) ?? await quota.AdmitAsync(length ?? 0, InsertAsync, http.RequestAborted);
        if (problem is not null) return (null, problem);

        if (Tus.HasBytes(http.Request)) return await AppendAsync(made!, checksum, http);
        return length == 0 ? await FinishEmptyAsync(made!, http) : (made, null);

        async Task<Problem?> InsertAsync()
        {
            DocumentFilter[] own = [DocumentFilter.Equal("owner", caller.Id), DocumentFilter.Equal("unfinished", true)];
            if (await _uploads.CountAsync(own) >= options.Value.MaxUploadsPerKey) return UploadProblems.TooManyUploads;

            var id = UploadId.New();
            made = new Upload
            {
                Id = id,
                Owner = caller.Id,
                State = UploadState.Receiving,
                Role = role,
                Partial = await blobs.BeginAsync(Upload.MasterKeyOf(id)) with { Total = length },
                Length = length,
                Metadata = metadata,
                Trace = MasterTrace.Current,
                CreatedAt = time.GetUtcNow(),
                ExpiresAt = time.GetUtcNow() + options.Value.UnfinishedLifetime,
            };
            await _uploads.InsertAsync(id, made);
            return null;
        }
    }

    /// <summary>tus 1.0.0, creation-with-upload. A client whose first bytes were refused never learns the upload's URL, so
    /// the upload goes too.</summary>
    private async Task<(Upload? Upload, Problem? Problem)> AppendAsync(Upload made, UploadChecksum? checksum, HttpContext http)
    {
        var received = await append.RunAsync(made.Id, 0, checksum, http);
        if (received.Problem is null) return received;
        await terminate.RunAsync(made.Id, Caller.Of(http), CancellationToken.None);
        return (null, received.Problem);
    }

    private async Task<(Upload? Upload, Problem? Problem)> FinishEmptyAsync(Upload made, HttpContext http)
    {
        await _uploads.UpdateAsync(
            made.Id, u => u.State is UploadState.Receiving ? u with { State = UploadState.Completing } : null, http.RequestAborted);
        await complete.RunAsync(made.Id).WaitAsync(http.RequestAborted);
        return ((await _uploads.GetAsync(made.Id, http.RequestAborted))?.Value, UploadProblems.NotFound);
    }

    private static bool TryReadLength(HttpRequest request, out long? length)
    {
        var (declared, deferred) = (request.Headers[Tus.LengthHeader], request.Headers[Tus.DeferLengthHeader]);
        length = Tus.Number(declared);
        return deferred.Count == 0 ? length is not null : declared.Count == 0 && deferred == "1";
    }
}
