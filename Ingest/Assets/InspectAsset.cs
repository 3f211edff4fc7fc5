using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Telemetry;

namespace FlickStream.Ingest.Assets;

/// <summary>Inspects one master and writes the verdict, unless the asset was deleted meanwhile. Interrupted, it just begins again.</summary>
internal sealed class InspectAsset(
    Inspector inspector, MasterFiles masters, IDocuments documents, IBus bus, IngestMetrics metrics, TimeProvider time)
{
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await _assets.GetAsync(id, cancellationToken) is not { Value.State: AssetState.Inspecting } asset) return;

        using var span = MasterTrace.Start("inspect", asset.Value.Trace, ("flickstream.asset", id));
        var began = time.GetTimestamp();
        using var master = await masters.OpenAsync(asset.Value.MasterKey, cancellationToken);
        var verdict = master is null ? null : await inspector.InspectAsync(master.Path, cancellationToken);
        var changed = verdict switch
        {
            InspectionResult.Accepted accepted => asset.Value with { State = AssetState.Accepted, Media = accepted.Report },
            InspectionResult.Refused refused => asset.Value with { State = AssetState.Refused, Problem = refused.Problem },
            _ => asset.Value with { State = AssetState.Refused, Problem = ProblemReport.Of(AssetProblems.MasterMissing) },
        };
        metrics.Inspected(changed.Problem?.Code ?? "accepted", time.GetElapsedTime(began));
        if (await _assets.ReplaceAsync(id, asset.Version, changed, CancellationToken.None) is not null)
            await bus.PublishAsync(Topics.AssetChanged, id, CancellationToken.None);
    }
}
