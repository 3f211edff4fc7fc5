using FlickStream.Platform.Access;

namespace FlickStream.Ingest.Assets;

/// <summary>What studios see of their masters.</summary>
internal static class AssetRoutes
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        var assets = routes.MapGroup("/api/assets").RequireAuthorization(Scopes.Ingest);
        assets.MapGet("/", ListAssets.Handle);
        assets.MapGet("/{id}", GetAsset.Handle);
        assets.MapDelete("/{id}", DeleteAsset.Handle);
    }
}
