using System.Text;
using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Grants;

/// <summary>Whether what asks over HTTP is well formed, and may play the asset.</summary>
internal sealed class GrantChecks(IDocuments documents, IOptions<OriginOptions> options)
{
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    public Problem? Refuse(CreateGrant.Request request) =>
        request.AssetId is not { Length: > 0 and <= 150 } || !Ascii.IsValid(request.AssetId) ? GrantProblems.AssetNotFound
        : request.MaxHeight is < 1 or > 16384 ? GrantProblems.MaxHeightInvalid
        : request.StreamLimit is < 1 or > 255 ? GrantProblems.StreamLimitInvalid
        : !IsViewer(request.Viewer) || request is { StreamLimit: not null, Viewer: null } ? GrantProblems.ViewerInvalid
        : request.TtlSeconds is { } ttl && !(ttl >= 1 && ttl <= options.Value.LongestGrantLife.TotalSeconds) ? GrantProblems.TtlInvalid
        : null;

    /// <summary>Null is one: nobody is named.</summary>
    public static bool IsViewer(string? viewer) => viewer is null || (viewer.Length is > 0 and <= 200 && !viewer.Any(char.IsControl));

    /// <summary>Only studios' keys and people are asked about: a site's own key plays everything, and pays for no reading.</summary>
    public async Task<bool> MayPlayAsync(string assetId, Caller caller, CancellationToken cancellationToken) =>
        caller.OrganisationId is null || caller.MaySee((await _assets.GetAsync(assetId, cancellationToken))?.Value.Owner);
}
