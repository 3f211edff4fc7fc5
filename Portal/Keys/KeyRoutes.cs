using FlickStream.Platform.Access;

namespace FlickStream.Portal.Keys;

internal static class KeyRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/keys").RequireAuthorization(Scopes.Admin).WithTags("Keys");
        keys.MapPost("/", CreateKey.HandleAsync);
        keys.MapGet("/", ListKeys.HandleAsync);
        keys.MapDelete("/{id}", RevokeKey.HandleAsync);
    }
}
