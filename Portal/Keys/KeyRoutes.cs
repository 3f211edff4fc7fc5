using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Audit;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Keys.Studio;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Keys;

internal static class KeyRoutes
{
    private static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/keys").RequireAuthorization(Scopes.Admin).WithTags("Keys");
        keys.MapPost("/", CreateKey.HandleAsync).TellsAudit();
        keys.MapGet("/", ListKeys.HandleAsync);
        keys.MapDelete("/{id}", RevokeKey.HandleAsync).TellsAudit();

        // People alone: with a key that leaked, nobody makes others.
        var own = routes.MapGroup("/api/studio/keys").RequireAuthorization(CallerSession.Policy, Scopes.Catalog).WithTags("Studio").WithMetadata(Small);
        own.MapGet("/", ListStudioKeys.HandleAsync);
        own.MapPost("/", CreateStudioKey.HandleAsync).AddEndpointFilter<ConfirmedFilter>().TellsAudit();
        own.MapDelete("/{id}", RevokeStudioKey.HandleAsync).AddEndpointFilter<ConfirmedFilter>().TellsAudit();
    }
}
