using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;

namespace FlickStream.Origin.Grants;

internal static class OwnGrant
{
    /// <summary>The grant, unless it is another caller's.</summary>
    public static async Task<Stored<Grant>?> FindAsync(
        string grantId, HttpContext http, IDocuments documents, CancellationToken cancellationToken) =>
        Guid.TryParseExact(grantId, "n", out var id)
            && await documents.Set(Grant.Schema).GetAsync(Grant.DocumentId(id), cancellationToken) is { } stored
            && stored.Value.Owner == Caller.Of(http).Id ? stored : null;
}
