namespace FlickStream.Ingest.Uploads;

/// <summary>The headers in which every answer about an upload tells where it stands.</summary>
internal static class UploadAnswer
{
    public static string LocationOf(HttpRequest request, string id) => $"{request.PathBase}{UploadRoutes.Path}/{id}";

    public static void Describe(HttpResponse response, Upload upload)
    {
        // tus 1.0.0, concatenation: a final upload has no offset before its parts are in it.
        if (upload.State is not UploadState.Assembling) response.Headers[Tus.OffsetHeader] = Tus.Text(upload.Offset);
        response.Headers[Tus.ExpiresHeader] = Tus.Text(upload.ExpiresAt);
        if (upload is { State: UploadState.Completed, Role: not UploadRole.Part }) response.Headers[Tus.AssetHeader] = upload.AssetId;
    }

    public static IResult RefusalOf(Upload upload)
    {
        var problem = upload.Problem?.Code == UploadProblems.ReplacedNotFound.Code ? UploadProblems.ReplacedNotFound : UploadProblems.Sha256Mismatch;
        return problem.ToResult(upload.Problem?.Detail);
    }
}
