using FlickStream.Platform.Access;
using FlickStream.Platform.RateLimits;

namespace FlickStream.Ingest.Uploads;

/// <summary>tus 1.0.0 at <c>/api/uploads</c>.</summary>
internal static class UploadRoutes
{
    public const string Path = "/api/uploads";

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup(Path).RequireAuthorization(Scopes.Ingest).AddEndpointFilter<TusVersionFilter>();
        uploads.MapMethods("/", [HttpMethods.Options], DescribeServer.Handle);
        uploads.MapPost("/", CreateUpload.Handle).LimitPerKey<UploadOptions>("uploads", options => options.CreationsPerMinute);
        uploads.MapMethods("/{id}", [HttpMethods.Options], DescribeServer.Handle);
        uploads.MapMethods("/{id}", [HttpMethods.Head], HeadUpload.Handle);
        uploads.MapPatch("/{id}", AppendUpload.Handle);
        uploads.MapDelete("/{id}", TerminateUpload.Handle);
        uploads.MapPost("/{id}", OverrideMethod.Handle);
    }
}
