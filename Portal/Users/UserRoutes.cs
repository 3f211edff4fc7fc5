using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;

namespace FlickStream.Portal.Users;

internal static class UserRoutes
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/users").RequireAuthorization(Scopes.Admin).WithTags("Administration");
        users.MapGet("/", ListUsers.HandleAsync);
        users.MapGet("/{id}", GetUser.HandleAsync);
        users.MapPut("/{id}/role", ChangeRole.HandleAsync).TellsAudit();
        users.MapPost("/{id}/end-sessions", EndUserSessions.HandleAsync).TellsAudit();
        users.MapPost("/{id}/suspend", SuspendUser.HandleAsync).TellsAudit();
        users.MapPost("/{id}/resume", ResumeUser.HandleAsync).TellsAudit();
        users.MapDelete("/{id}/second-factor", RemoveUserSecondFactor.HandleAsync).TellsAudit();
    }
}
