using FlickStream.Platform.Access;

namespace FlickStream.Ingest.Uploads;

/// <summary>HEAD: how far an upload is. What a connection that its client has left still holds is kept first, so that the offset is the latest.</summary>
internal static class HeadUpload
{
    public static async Task<IResult> Handle(
        string id, HttpContext http, FindUpload find, UploadWriters writers, CompleteUpload complete)
    {
        var (request, response) = (http.Request, http.Response);
        response.Headers.CacheControl = "no-store";
        var found = await find.RunAsync(id, Caller.Of(http), http.RequestAborted);
        if (!found.IsFound) return found.Problem.ToResult();

        await writers.SettleAsync(id, http.RequestAborted);
        if (found.Upload.Value.State is UploadState.Completing) await complete.RunAsync(id).WaitAsync(http.RequestAborted);
        found = await find.RunAsync(id, Caller.Of(http), http.RequestAborted);
        if (!found.IsFound) return found.Problem.ToResult();

        var upload = found.Upload.Value;
        if (upload.State is UploadState.Refused) return UploadAnswer.RefusalOf(upload);
        UploadAnswer.Describe(response, upload);
        if (upload.Length is { } length) response.Headers[Tus.LengthHeader] = Tus.Text(length);
        else response.Headers[Tus.DeferLengthHeader] = "1";
        if (!string.IsNullOrEmpty(upload.Metadata.Raw)) response.Headers[Tus.MetadataHeader] = upload.Metadata.Raw;
        if (upload.Role is UploadRole.Part) response.Headers[Tus.ConcatHeader] = "partial";
        if (upload.Role is UploadRole.Final)
            response.Headers[Tus.ConcatHeader] = $"final;{string.Join(' ', upload.Parts.Select(p => UploadAnswer.LocationOf(request, p)))}";
        return TypedResults.Ok();
    }
}
