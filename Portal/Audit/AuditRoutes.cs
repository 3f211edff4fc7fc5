using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Audit;

internal sealed record AuditPage(IReadOnlyList<AuditEvent> Items, string? Next);

/// <param name="FirstBreak">The number of the first event that was changed, or before which one is missing; null when the chain is whole.</param>
internal sealed record AuditCheck(long? FirstBreak);

internal static class AuditRoutes
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/audit").RequireAuthorization(Scopes.Admin).WithTags("Administration");
        audit.MapGet("/", ListAsync).WithName("listAudit");
        audit.MapGet("/check", async (AuditLog log, CancellationToken stop) => TypedResults.Ok(new AuditCheck(await log.FirstBreakAsync(stop)))).WithName("checkAudit");
    }

    /// <param name="subject">To whom or what: <c>account:ID</c>, <c>title:ID</c>, ….</param>
    /// <param name="actor">Who did it: <c>account:ID</c> or <c>key:ID</c>.</param>
    /// <param name="action">What, such as <c>role_changed</c>.</param>
    /// <param name="from">From then on.</param>
    /// <param name="until">Before then.</param>
    private static async Task<Results<Ok<AuditPage>, ProblemHttpResult>> ListAsync(
        AuditLog log, CancellationToken cancellationToken, string? subject = null, string? actor = null, string? action = null,
        DateTimeOffset? from = null, DateTimeOffset? until = null, int limit = Paging.Usual, string? after = null)
    {
        if (Paging.Refuse(limit) is { } unfit) return unfit;
        var page = await log.ListAsync(new(subject, actor, action, from, until), limit, after, cancellationToken);
        return TypedResults.Ok(new AuditPage([.. page.Items.Select(item => item.Value)], page.Next));
    }
}
