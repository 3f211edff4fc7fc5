using FlickStream.Platform.Access;
using FlickStream.Platform.RateLimits;

namespace FlickStream.Origin.Grants;

internal static class GrantRoutes
{
    public static void MapGrants(this IEndpointRouteBuilder routes)
    {
        var playback = routes.MapGroup("/api/playback").RequireAuthorization(Scopes.Playback).WithTags("Playback");
        playback.MapPost("/", CreateGrant.HandleAsync)
            .AddEndpointFilter<CountGrants>()
            .LimitPerKey<OriginOptions>("grants", options => options.GrantsPerMinute);
        playback.MapGet("/", ListPlaying.HandleAsync);
        playback.MapDelete("/", EndPlaying.HandleAsync);
        playback.MapPost("/{grantId}/heartbeat", RenewGrant.HandleAsync);
        playback.MapDelete("/{grantId}", EndGrant.HandleAsync);
    }
}
