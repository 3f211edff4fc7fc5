using FlickStream.Platform.Audit;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Audit;

/// <summary>What was done with privileges, by whom.</summary>
internal sealed class AuditLog(IDocuments documents, AuditTrail trail)
{
    private static readonly IReadOnlyList<DocumentSort> Latest = [new("number", Descending: true)];

    private readonly IDocumentSet<AuditEvent> _events = documents.Set(AuditEvent.Schema);

    /// <inheritdoc cref="AuditTrail.AddAsync"/>
    public Task AddAsync(HttpContext http, string action, string subject, string detail) => trail.AddAsync(http, action, subject, detail);

    /// <param name="subject">Of one only; null for all.</param>
    /// <param name="limit">1..1000.</param>
    /// <param name="after">The next of the page before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<DocumentPage<AuditEvent>> ListAsync(string? subject, int limit, string? after, CancellationToken cancellationToken) =>
        _events.QueryAsync(
            new()
            {
                Filters = subject is null ? [] : [DocumentFilter.Equal("subject", subject)], Sort = Latest, Limit = limit, After = after,
            },
            cancellationToken);

    /// <summary>The number of the first event that does not follow the one before it; null when all do.</summary>
    public async Task<long?> FirstBreakAsync(CancellationToken cancellationToken)
    {
        AuditEvent? before = null;
        await foreach (var (_, _, now) in _events.QueryAllAsync(new() { Sort = [new("number")], Limit = 1000 }, cancellationToken))
        {
            if (!now.Follows(before)) return now.Number;
            before = now;
        }

        return null;
    }
}
