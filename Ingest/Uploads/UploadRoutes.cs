using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.RateLimits;

namespace FlickStream.Ingest.Uploads;

/// <summary>tus 1.0.0 at <c>/api/uploads</c>.</summary>
internal static class UploadRoutes
{
    public const string Path = "/api/uploads";

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup(Path).RequireAuthorization(Scopes.Ingest).WithTags("Uploads").AddEndpointFilter<TusVersionFilter>();
        uploads.MapMethods("/", [HttpMethods.Options], DescribeServer.Handle).Produces(StatusCodes.Status204NoContent);
        uploads.MapPost("/", CreateUpload.Handle).LimitPerKey<UploadOptions>("uploads", options => options.CreationsPerMinute).Audited("upload_created", "upload")
            .Produces(StatusCodes.Status201Created);
        uploads.MapMethods("/{id}", [HttpMethods.Options], DescribeServer.Handle).WithName("describeServerOfUpload").Produces(StatusCodes.Status204NoContent);
        uploads.MapMethods("/{id}", [HttpMethods.Head], HeadUpload.Handle).Produces(StatusCodes.Status200OK);
        uploads.MapPatch("/{id}", AppendUpload.Handle).Produces(StatusCodes.Status204NoContent);
        uploads.MapDelete("/{id}", TerminateUpload.Handle).TellsAudit().Produces(StatusCodes.Status204NoContent);
        uploads.MapPost("/{id}", OverrideMethod.Handle).Produces(StatusCodes.Status204NoContent);
    }
}
