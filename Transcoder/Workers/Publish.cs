using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Keys;

namespace FlickStream.Transcoder.Workers;

/// <summary>Checks that every rendition is whole and that all rungs have the same length, then makes the title final in one
/// compare-and-set: viewers see the growing presentation, or the one before, or the finished one.</summary>
internal sealed class Publish(IDocuments documents, Encodings encodings, JobSpreader spreader, TitleKeyStore titleKeys, QualityQueue quality, IBus bus)
{
    private readonly IDocumentSet<SegmentRun> _runs = documents.Set(SegmentRun.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public async Task<StepFault?> RunAsync(Claim claim, CancellationToken cancellationToken)
    {
        var job = claim.Job;
        if (await _presentations.FindRevisionAsync(job.AssetId, job.Plan.Revision, cancellationToken) is not { Value: var presentation })
            throw new InvalidOperationException($"Asset {job.AssetId} has no presentation {job.Plan.Revision}.");

        var lengths = await LengthsAsync(presentation, cancellationToken);
        HashSet<long> frames = presentation.Video.Count == 0 ? [presentation.Frames] : [];
        foreach (var rung in presentation.Video.Where(rung => !job.LeftOut.Contains(rung.Name)))
        {
            var ticksPerFrame = rung.Timescale / presentation.Grid.FrameRate;
            frames.Add((lengths.GetValueOrDefault(rung.Name) / ticksPerFrame).Round());
        }

        if (frames.Count != 1 || frames.Contains(0) || presentation.Audio.Any(a => !lengths.ContainsKey(a.Name)))
            return new StepFault(FaultCause.Input, ProblemReport.Of(BoardProblems.TimelineMismatch, $"Frames: {string.Join(", ", frames)}."));

        // Where all that is encrypted was taken over, no step has asked for keys.
        (await titleKeys.OpenAsync(job, cancellationToken))?.Dispose();
        if (!await encodings.PublishAsync(job, frames.Single(), cancellationToken))
        {
            await spreader.EndAsync(job.Id, JobState.Cancelled, ProblemReport.Of(BoardProblems.Superseded), cancellationToken);
            return null;
        }

        await bus.PublishAsync(Topics.PresentationChanged, job.AssetId, cancellationToken);
        await quality.AddAsync(job, cancellationToken);
        return null;
    }

    /// <summary>Ticks of each rendition, from its first segment to the first gap.</summary>
    private async Task<Dictionary<string, long>> LengthsAsync(Presentation presentation, CancellationToken cancellationToken)
    {
        var ticks = new Dictionary<string, long>();
        foreach (var parts in presentation.RenditionParts().GroupBy(part => part.Revision))
        {
            var names = parts.Select(part => part.Name.TrimEnd('/')).ToHashSet();
            var next = new Dictionary<string, int>();
            var query = new DocumentQuery
            {
                Filters = [DocumentFilter.Equal("asset", presentation.AssetId), DocumentFilter.Equal("revision", parts.Key)],
                Sort = [new DocumentSort("first")],
                Limit = 500,
            };
            await foreach (var (_, _, run) in _runs.QueryAllAsync(query, cancellationToken))
            {
                if (!names.Contains(run.Rendition) || next.GetValueOrDefault(run.Rendition) != run.First) continue;
                next[run.Rendition] = run.First + run.Segments.Count;
                ticks[run.Rendition] = ticks.GetValueOrDefault(run.Rendition) + run.Segments.Sum(s => s.Ticks);
            }
        }

        return ticks;
    }
}
