namespace FlickStream.Origin.Grants;

internal static class GrantRoutes
{
    // The scope an API key needs; the platform has a policy for each scope.
    private const string Scope = "playback";

    public static void MapGrants(this IEndpointRouteBuilder routes)
    {
        var playback = routes.MapGroup("/api/playback").RequireAuthorization(Scope).WithTags("Playback");
        playback.MapPost("/", CreateGrant.HandleAsync);
        playback.MapPost("/{grantId}/heartbeat", RenewGrant.HandleAsync);
        playback.MapDelete("/{grantId}", EndGrant.HandleAsync);
    }
}
