using FlickStream.Ingest.Uploads;
using FlickStream.Platform;
using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Protection;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Assets;

/// <summary>Another master for an asset that is there. Until inspection accepts it the asset keeps the one it has; the last that is
/// offered counts.</summary>
internal sealed class ReplaceMaster(IDocuments documents, TimeProvider time, IOptions<PlatformOptions> platform)
{
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    /// <summary>What forbids an upload with this metadata; null when nothing does.</summary>
    public async Task<Problem?> RefusalOfAsync(UploadMetadata metadata, Caller caller, CancellationToken cancellationToken) =>
        metadata.Replaces is { } id && await FindAsset.OfAsync(documents, id, caller, cancellationToken) is null
            ? UploadProblems.ReplacedNotFound : ProtectionFitness.RefusalOf(metadata.Encoding, platform.Value);

    /// <summary>False when the asset is gone. Offering the same upload again changes nothing.</summary>
    public async Task<bool> OfferAsync(Upload upload, BlobInfo master)
    {
        var offered = new Replacement(
            upload.Id,
            ReplacementState.Inspecting,
            upload.Metadata.FileName,
            master.Length,
            upload.Sha256,
            master.Key,
            time.GetUtcNow(),
            Problem: null)
        {
            Encoding = upload.Metadata.Encoding,
        };
        var asset = await _assets.UpdateAsync(upload.AssetId, a => a.State is AssetState.Deleted || Knows(a, master.Key) ? null : a with
        {
            Replacement = offered,
            SpareMasters = a.Replacement is { State: ReplacementState.Inspecting } overtaken ? [.. a.SpareMasters, overtaken.MasterKey] : a.SpareMasters,
        });
        return asset is not (null or { Value.State: AssetState.Deleted });
    }

    /// <summary>The asset after the verdict on what was offered.</summary>
    /// <param name="asset">As it is.</param>
    /// <param name="offered">What was looked at.</param>
    /// <param name="report">What was found; null when it was refused.</param>
    /// <param name="problem">Why it was refused.</param>
    public static Asset Judged(Asset asset, Replacement offered, MediaReport? report, ProblemReport? problem) => report is null
        ? asset with
        {
            Replacement = offered with { State = ReplacementState.Refused, Problem = problem },
            SpareMasters = [.. asset.SpareMasters, offered.MasterKey],
        }
        : asset with
        {
            State = AssetState.Accepted,
            FileName = offered.FileName,
            SizeBytes = offered.SizeBytes,
            Sha256 = offered.Sha256,
            MasterKey = offered.MasterKey,
            Media = report,
            Encoding = offered.Encoding ?? asset.Encoding,
            Problem = null,
            Replacement = null,
            SpareMasters = [.. asset.SpareMasters, asset.MasterKey],
        };

    private static bool Knows(Asset asset, string masterKey) =>
        asset.MasterKey == masterKey || asset.Replacement?.MasterKey == masterKey || asset.SpareMasters.Contains(masterKey);
}
