using FlickStream.Platform.Access;

namespace FlickStream.Origin.Grants;

internal static class GrantRoutes
{
    public static void MapGrants(this IEndpointRouteBuilder routes)
    {
        var playback = routes.MapGroup("/api/playback").RequireAuthorization(Scopes.Playback).WithTags("Playback");
        playback.MapPost("/", CreateGrant.HandleAsync).AddEndpointFilter<CountGrants>();
        playback.MapPost("/{grantId}/heartbeat", RenewGrant.HandleAsync);
        playback.MapDelete("/{grantId}", EndGrant.HandleAsync);
    }
}
