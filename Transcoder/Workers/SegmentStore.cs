using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Workers;

/// <summary>Makes stored segments count: writes their run and, once every rendition that the title opens with has its first segment, marks
/// the title playable.</summary>
internal sealed class SegmentStore(IDocuments documents, IBus bus, TimeProvider time)
{
    private readonly IDocumentSet<SegmentRun> _runs = documents.Set(SegmentRun.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    /// <summary>A chunk in the rungs of one step. What the rungs turned out to be is told before any of their segments can be seen.</summary>
    public async Task AddAsync(Job job, IReadOnlyCollection<PackagedChunk> rungs, CancellationToken cancellationToken)
    {
        if (rungs.Any(rung => rung.Run.First == 0))
        {
            await _presentations.UpdateRevisionAsync(job.AssetId, job.Plan.Revision, p => WithCodecs(p, rungs), cancellationToken);
        }

        foreach (var rung in rungs) await AddAsync(job, rung.Run, cancellationToken);
    }

    public async Task AddAsync(Job job, SegmentRun run, CancellationToken cancellationToken)
    {
        await _runs.InsertAsync(SegmentRun.IdOf(run.AssetId, run.Revision, run.Rendition, run.First), run, cancellationToken);
        if (run.First == 0) await MarkPlayableAsync(job, cancellationToken);
        await bus.PublishAsync(Topics.PresentationChanged, job.AssetId, cancellationToken);
    }

    public async Task<SegmentRun?> FindAsync(Job job, string rendition, int first, CancellationToken cancellationToken) =>
        (await _runs.GetAsync(SegmentRun.IdOf(job.AssetId, job.Plan.Revision, rendition, first), cancellationToken))?.Value;

    private static Presentation WithCodecs(Presentation presentation, IReadOnlyCollection<PackagedChunk> rungs) => presentation with
    {
        Video = [.. presentation.Video.Select(
            v => rungs.FirstOrDefault(rung => rung.Run.Rendition == v.Name) is { } rung ? v with { Codecs = rung.Codecs } : v)],
    };

    private async Task MarkPlayableAsync(Job job, CancellationToken cancellationToken)
    {
        // One that is made aside is offered when it is whole.
        if (await _presentations.GetAsync(job.AssetId, cancellationToken) is not { Value: { PlayableAt: null } presentation }) return;
        if (presentation.Revision != job.Plan.Revision) return;
        foreach (var rendition in presentation.Video.Where(v => v.IsOpening).Select(v => v.Name).Concat(presentation.Audio.Select(a => a.Name)))
            if (await FindAsync(job, rendition, 0, cancellationToken) is null) return;
        await _presentations.UpdateAsync(
            job.AssetId, p => p.PlayableAt is null && p.Revision == job.Plan.Revision ? p with { PlayableAt = time.GetUtcNow() } : null, cancellationToken);
    }
}
