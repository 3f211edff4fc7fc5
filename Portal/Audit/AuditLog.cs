using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Audit;

/// <summary>What was done with privileges, by whom.</summary>
internal sealed class AuditLog(IDocuments documents, TimeProvider time)
{
    private static readonly IReadOnlyList<DocumentSort> Latest = [new("number", Descending: true)];

    private readonly IDocumentSet<AuditEvent> _events = documents.Set(AuditEvent.Schema);

    /// <summary>Adds to the end of the chain; whoever is second to the same place takes the next one. To be called before what it tells of,
    /// which then cannot be done untold; whoever asked cannot break it off.</summary>
    public async Task AddAsync(HttpContext http, string action, string subject, string detail)
    {
        while (true)
        {
            var last = (await _events.QueryAsync(new() { Sort = Latest, Limit = 1 }, CancellationToken.None)).Items is [var found] ? found.Value : null;
            var next = new AuditEvent
            {
                Number = (last?.Number ?? 0) + 1,
                // To the millisecond, as every engine gives it back.
                At = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
                Actor = Caller.NameOf(http),
                Action = action,
                Subject = subject,
                Detail = detail,
                Previous = last?.Hash ?? "",
            }.Sealed();
            if (await _events.InsertAsync(AuditEvent.IdOf(next.Number), next, CancellationToken.None) is not null) return;
        }
    }

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
