using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Telemetry;

namespace FlickStream.Ingest.Assets;

/// <summary>Inspects one master, an asset's own or one that shall replace it, and writes the verdict, unless the asset was deleted or
/// another was offered meanwhile. Interrupted, it just begins again.</summary>
internal sealed class InspectAsset(
    Inspector inspector, MasterFiles masters, IDocuments documents, IBus bus, IngestMetrics metrics, TimeProvider time, ILogger<InspectAsset> log)
{
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if ((await _assets.GetAsync(id, cancellationToken))?.Value is not { } asset) return;
        if (KeyOf(asset) is not { } key)
        {
            await MeasureAsync(asset, cancellationToken);
            return;
        }

        using var span = MasterTrace.Start("inspect", asset.Trace, ("flickstream.asset", id));
        var began = time.GetTimestamp();
        using var master = await masters.OpenAsync(key, cancellationToken);
        var verdict = master is null ? null : await inspector.InspectAsync(master.Path, cancellationToken);
        var report = (verdict as InspectionResult.Accepted)?.Report;
        var problem = report is not null ? null
            : (verdict as InspectionResult.Refused)?.Problem ?? ProblemReport.Of(AssetProblems.MasterMissing);
        if (verdict is InspectionResult.Refused { ToolsWords: { Length: > 0 } words })
            log.LogInformation("Asset {Asset} is refused as {Code}; ffmpeg said: {Words}", id, problem?.Code, words);
        metrics.Inspected(problem?.Code ?? "accepted", time.GetElapsedTime(began));
        var isWritten = false;
        await _assets.UpdateAsync(
            id,
            a =>
            {
                isWritten = KeyOf(a) == key;
                return !isWritten ? null : a.State is AssetState.Inspecting ? Judged(a, report, problem, time.GetUtcNow())
                    : ReplaceMaster.Judged(a, a.Replacement!, report, problem);
            },
            CancellationToken.None);
        if (isWritten) await bus.PublishAsync(Topics.AssetChanged, id, CancellationToken.None);
    }

    /// <summary>The one figure that a report of an earlier version lacks. Where it cannot be had, all is read from the master's beginning.</summary>
    private async Task MeasureAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (asset is not { IsLeadWanted: true, State: AssetState.Accepted or AssetState.Planned, Media: { } media }) return;
        using var master = await masters.OpenAsync(asset.MasterKey, cancellationToken);
        var video = master is null ? null : await inspector.MeasureLeadAsync(master.Path, media, cancellationToken);
        await _assets.UpdateAsync(
            asset.Id,
            a => a.MasterKey != asset.MasterKey || a.State == AssetState.Deleted ? null : a with
            {
                IsLeadWanted = false,
                Media = media with { Video = video ?? media.Video! with { LeadSeconds = media.DurationSeconds } },
            },
            CancellationToken.None);
        await bus.PublishAsync(Topics.AssetChanged, asset.Id, CancellationToken.None);
    }

    /// <summary>The master that waits for its inspection.</summary>
    private static string? KeyOf(Asset asset) => asset switch
    {
        { State: AssetState.Deleted } => null,
        { State: AssetState.Inspecting } => asset.MasterKey,
        { Replacement: { State: ReplacementState.Inspecting } offered } => offered.MasterKey,
        _ => null,
    };

    private static Asset Judged(Asset asset, MediaReport? report, ProblemReport? problem, DateTimeOffset now) => report is not null
        ? asset with { State = AssetState.Accepted, Media = report }
        : asset with { State = AssetState.Refused, Problem = problem, RefusedAt = now };
}
