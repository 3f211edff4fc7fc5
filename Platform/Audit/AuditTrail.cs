using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Audit;

/// <summary>Where each service tells what is done with privileges, by whom: one chain for all of them.</summary>
public sealed class AuditTrail(IDocuments documents, AuditAnchors anchors, TimeProvider time)
{
    private static readonly IReadOnlyList<DocumentSort> Latest = [new("number", Descending: true)];

    private readonly IDocumentSet<AuditEvent> _events = documents.Set(AuditEvent.Schema);

    /// <summary>Whether this request has told of itself.</summary>
    public static bool HasTold(HttpContext http) => http.Items.ContainsKey(typeof(AuditTrail));

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
            if (await _events.InsertAsync(AuditEvent.IdOf(next.Number), next, CancellationToken.None) is null) continue;
            await anchors.FollowAsync(next, CancellationToken.None);
            http.Items[typeof(AuditTrail)] = true;
            return;
        }
    }
}
