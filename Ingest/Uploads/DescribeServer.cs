namespace FlickStream.Ingest.Uploads;

/// <summary>OPTIONS: what this server speaks.</summary>
internal static class DescribeServer
{
    public static IResult Handle(HttpResponse response, UploadQuota quota)
    {
        response.Headers[Tus.VersionHeader] = Tus.Version;
        response.Headers[Tus.ExtensionHeader] = Tus.Extensions;
        response.Headers[Tus.MaxSizeHeader] = Tus.Text(quota.Largest);
        response.Headers[Tus.ChecksumAlgorithmHeader] = UploadChecksum.Algorithms;
        return TypedResults.NoContent();
    }
}
