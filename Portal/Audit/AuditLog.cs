using FlickStream.Platform.Audit;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Audit;

/// <summary>Which events are looked for; null for all.</summary>
/// <param name="Subject">To whom or what it was done.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What was done.</param>
/// <param name="From">From then on.</param>
/// <param name="Until">Before then.</param>
internal sealed record AuditFilter(string? Subject = null, string? Actor = null, string? Action = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    public IEnumerable<DocumentFilter> Fields()
    {
        if (Subject is not null) yield return DocumentFilter.Equal("subject", Subject);
        if (Actor is not null) yield return DocumentFilter.Equal("actor", Actor);
        if (Action is not null) yield return DocumentFilter.Equal("action", Action);
        if (From is { } from) yield return DocumentFilter.AtLeast("at", from);
        if (Until is { } until) yield return DocumentFilter.Below("at", until);
    }
}

/// <summary>What was done with privileges, by whom.</summary>
internal sealed class AuditLog(IDocuments documents, AuditTrail trail)
{
    private readonly IDocumentSet<AuditEvent> _events = documents.Set(AuditEvent.Schema);

    /// <inheritdoc cref="AuditTrail.AddAsync"/>
    public Task AddAsync(HttpContext http, string action, string subject, string detail) => trail.AddAsync(http, action, subject, detail);

    /// <summary>All of them, the latest first.</summary>
    public IAsyncEnumerable<AuditEvent> AllAsync(AuditFilter wanted, CancellationToken cancellationToken) =>
        _events.QueryAllAsync(new() { Filters = [.. wanted.Fields()], Sort = AuditEvent.Latest }, cancellationToken).Select(item => item.Value);

    /// <summary>The latest first.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<AuditEvent>> ListAsync(AuditFilter wanted, int limit, string? after, CancellationToken cancellationToken) =>
        _events.QueryAsync(new() { Filters = [.. wanted.Fields()], Sort = AuditEvent.Latest, Limit = limit, After = after }, cancellationToken);
}
