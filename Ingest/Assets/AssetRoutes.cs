using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;

namespace FlickStream.Ingest.Assets;

/// <summary>What studios see of their masters.</summary>
internal static class AssetRoutes
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        var assets = routes.MapGroup("/api/assets").RequireAuthorization(Scopes.Ingest).WithTags("Assets");
        assets.MapGet("/", ListAssets.HandleAsync);
        assets.MapGet("/{id}", GetAsset.Handle).Produces<AssetAnswer>();
        assets.MapDelete("/{id}", DeleteAsset.Handle).Audited("asset_deleted", "asset").Produces(StatusCodes.Status204NoContent);
    }
}
