using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Platform.Http;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Features;

internal static class FeatureRoutes
{
    // 1000 accounts.
    private static readonly RequestSizeLimitAttribute Small = new(128 * 1024);

    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/features", ListFeatures.ForClientAsync).AllowAnonymous().WithTags("Features").WithName("listClientFeatures");
        var administrators = routes.MapGroup("/api/admin/features").RequireAuthorization(Scopes.Admin).WithTags("Administration").WithMetadata(Small);
        administrators.MapGet("/", ListFeatures.HandleAsync).WithName("listFeatures");
        administrators.MapPut("/{name}", SwitchFeature.HandleAsync).TellsAudit().TakesIfMatch().WithName("switchFeature");
    }
}
