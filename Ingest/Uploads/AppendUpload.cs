using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace FlickStream.Ingest.Uploads;

/// <summary>PATCH: adds bytes at the upload's offset; the last one makes the upload a master.</summary>
internal sealed class AppendUpload(
    FindUpload find, UploadWriters writers, ReceiveUpload receive, CompleteUpload complete, UploadQuota quota, IDocuments documents)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public static async Task<IResult> Handle(string id, HttpContext http, AppendUpload append)
    {
        if (!Tus.HasBytes(http.Request)) return UploadProblems.ContentTypeUnsupported.ToResult();
        if (Tus.Number(http.Request.Headers[Tus.OffsetHeader]) is not { } offset) return UploadProblems.OffsetInvalid.ToResult();
        var checksum = UploadChecksum.TryParse(http.Request, out var problem);
        if (problem is not null) return problem.ToResult();

        var received = await append.RunAsync(id, offset, checksum, http);
        if (received.Upload is { } upload) UploadAnswer.Describe(http.Response, upload);
        if (received.Problem == UploadProblems.Stopping) http.Response.Headers.RetryAfter = "5";
        if (received.Problem is not null) return received.Problem.ToResult();
        return received.Upload is { State: UploadState.Refused } refused
            ? UploadAnswer.RefusalOf(refused) : TypedResults.NoContent();
    }

    /// <summary>The upload's state after the request, and the problem if it was refused or broke off.</summary>
    public async Task<(Upload? Upload, Problem? Problem)> RunAsync(string id, long offset, UploadChecksum? checksum, HttpContext http)
    {
        var found = await find.RunAsync(id, Caller.Of(http), http.RequestAborted);
        if (!found.IsFound) return (null, found.Problem);
        if (found.Upload.Value.Role is UploadRole.Final) return (null, UploadProblems.FinalReadOnly);

        Received received;
        await using (var writer = await writers.EnterAsync(id, force: false, http.RequestAborted))
        {
            if (writer is null) return (null, UploadProblems.Locked);

            // Read again: the writer before this one may have moved the offset.
            found = await find.RunAsync(id, Caller.Of(http), http.RequestAborted);
            if (!found.IsFound) return (null, found.Problem);
            received = await ReceiveAsync(found.Upload, offset, checksum, http, writer);
        }

        if (received.Upload.Value.State is UploadState.Completing)
        {
            await complete.RunAsync(id).WaitAsync(http.RequestAborted);
            received = received with { Upload = await _uploads.GetAsync(id, http.RequestAborted) ?? received.Upload };
        }

        return (received.Upload.Value, received.Problem);
    }

    private async Task<Received> ReceiveAsync(
        Stored<Upload> upload, long offset, UploadChecksum? checksum, HttpContext http, UploadWriter writer)
    {
        var value = upload.Value;
        if (value.State is UploadState.Refused) return new(upload, null);
        if (offset != value.Offset) return new(upload, UploadProblems.OffsetMismatch);

        var (declared, problem) = await DeclareLengthAsync(upload, http);
        if (declared is null) return new(upload, problem);
        value = declared.Value;

        (long Bytes, Problem Excess) limit = value.Length is { } length
            ? (length - offset, UploadProblems.LengthExceeded) : await quota.LimitAsync(offset, http.RequestAborted);
        if (http.Request.ContentLength > limit.Bytes) return new(declared, limit.Excess);

        // All is there already: the client repeats a request whose answer it missed.
        if (value.State is not UploadState.Receiving) return new(declared, null);

        LiftBodyLimits(http.Features);
        return await receive.RunAsync(declared, http.Request.BodyReader, checksum, limit, writer);
    }

    /// <summary>tus 1.0.0, creation-defer-length: the length may come with any PATCH, once.</summary>
    private async Task<(Stored<Upload>? Upload, Problem? Problem)> DeclareLengthAsync(Stored<Upload> upload, HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue(Tus.LengthHeader, out var header)) return (upload, null);
        if (Tus.Number(header) is not { } length) return (null, UploadProblems.LengthInvalid);
        var value = upload.Value;
        if (value.Length is { } known) return known == length ? (upload, null) : (null, UploadProblems.LengthFixed);
        if (length < value.Offset) return (null, UploadProblems.LengthInvalid);
        if (quota.RefusalOf(length - value.Offset) is { } refusal) return (null, refusal);

        Stored<Upload>? written = null;
        var problem = await quota.AdmitAsync(length - value.Offset, WriteAsync, http.RequestAborted);
        return (written, problem);

        async Task<Problem?> WriteAsync()
        {
            var declared = value with { Length = length, Partial = value.Partial! with { Total = length } };
            written = await _uploads.ReplaceAsync(upload.Id, upload.Version, declared, http.RequestAborted);
            return written is null ? UploadProblems.Locked : null;
        }
    }

    private static void LiftBodyLimits(IFeatureCollection features)
    {
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;

        // Kestrel averages over the whole request, so this ends hopeless crawlers; a connection that falls silent after a fast
        // start is ended by UploadOptions.StallTimeout.
        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(30));
    }
}
