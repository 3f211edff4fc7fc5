using FlickStream.Origin.Grants;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Presentations;

/// <summary>Says of encodings that were replaced when nobody may play them any more, so that their media can go.</summary>
internal sealed class Releases(IDocuments documents, IOptions<OriginOptions> options, TimeProvider time, ILogger<Releases> log)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);
    private readonly IDocumentSet<Grant> _grants = documents.Set(Grant.Schema);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var retired = new DocumentQuery
        {
            Filters = [DocumentFilter.AtMost("retired", time.GetUtcNow() - options.Value.RetiredStay)],
            Sort = [new DocumentSort("retired")],
            Limit = 1000,
        };
        await foreach (var (id, version, presentation) in _presentations.QueryAllAsync(retired, cancellationToken))
        {
            // The copy that a swap leaves which is not finished yet.
            var current = await _presentations.GetAsync(presentation.AssetId, cancellationToken);
            if (current?.Value.Revision == presentation.Revision || await IsGrantedAsync(presentation, cancellationToken)) continue;
            if (await _presentations.ReplaceAsync(id, version, presentation with { ReleasedAt = time.GetUtcNow() }, cancellationToken) is not null)
                log.LogInformation("Encoding {Encoding} is played by nobody any more", id);
        }
    }

    private async Task<bool> IsGrantedAsync(Presentation presentation, CancellationToken cancellationToken)
    {
        var open = new DocumentQuery
        {
            Filters =
            [
                DocumentFilter.Equal("asset", presentation.AssetId),
                DocumentFilter.Equal("revision", presentation.Revision),
                DocumentFilter.Equal("revoked", null),
                DocumentFilter.Above("expires", time.GetUtcNow()),
            ],
            Limit = 1,
        };
        return (await _grants.QueryAsync(open, cancellationToken)).Items.Count > 0;
    }
}
