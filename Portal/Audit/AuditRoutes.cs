using FlickStream.Platform.Access;
using FlickStream.Platform.Audit;
using FlickStream.Portal.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Audit;

internal sealed record AuditPage(IReadOnlyList<AuditEvent> Items, string? Next);

internal static class AuditRoutes
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/audit").RequireAuthorization(Scopes.Admin).WithTags("Administration");
        audit.MapGet("/", ListAsync).WithName("listAudit");
        audit.MapGet("/check", CheckAsync).WithName("checkAudit");
        audit.MapPost("/anchor", RenewAsync).TellsAudit().WithName("renewAuditAnchor");
    }

    /// <param name="after">The <c>next</c> of the part before.</param>
    private static async Task<Ok<AuditCheck>> CheckAsync(AuditChain chain, CancellationToken stop, string? after = null) =>
        TypedResults.Ok(await chain.CheckAsync(after, stop));

    /// <summary>What is missing or was changed stays so; the chain says who took that as it is.</summary>
    private static async Task<NoContent> RenewAsync(AuditLog log, AuditAnchors anchors, HttpContext http)
    {
        await log.AddAsync(http, "audit_anchor_renewed", "audit", "");
        await anchors.RenewAsync(CancellationToken.None);
        return TypedResults.NoContent();
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
