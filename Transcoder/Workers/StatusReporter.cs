using System.Collections.Concurrent;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Workers;

/// <summary>Keeps the asset's <see cref="EncodingStatus"/> true to about a second, its place in the queue to about ten, once its job is at work.</summary>
internal sealed class StatusReporter(IDocuments documents, QueuePlaces places, IBus bus, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(1);

    // It is counted job by job, so that it costs more the more jobs wait.
    private static readonly TimeSpan PlaceLasts = TimeSpan.FromSeconds(10);

    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<Step> _steps = documents.Set(Step.Schema);
    private readonly IDocumentSet<EncodingStatus> _status = documents.Set(EncodingStatus.Schema);
    private readonly ConcurrentDictionary<string, Tally> _tallies = new();

    public async Task ReportAsync(Job job, bool evenIfRecent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var tally = _tallies.GetOrAdd(job.Id, _ => new Tally());
        if (!evenIfRecent && now - tally.ReportedAt < Recent) return;
        tally.ReportedAt = now;

        if (await _jobs.GetAsync(job.Id, cancellationToken) is not { Value: var current }) return;
        var done = await DoneAsync(job, tally, cancellationToken);
        var running = await StepsAsync(job.Id, StepState.Running, cancellationToken);
        var weight = done + running.Sum(s => s.Plan.Weight * s.Progress);
        var total = job.Plan.Steps().Where(step => !current.LeavesOut(step)).Sum(step => step.Weight);
        var progress = current.State == JobState.Done ? 1 : Math.Min(weight / total, 1);
        var elapsed = current.StartedAt is { } started ? (now - started).TotalSeconds : 0;
        var perSecond = elapsed > 1 ? progress / elapsed : 0;
        var status = new EncodingStatus(
            job.Id,
            progress,
            current.IsOpen && perSecond > 0 ? (1 - progress) / perSecond : null,
            perSecond > 0 ? perSecond * job.Plan.DurationSeconds : null,
            current.IsOpen ? await PlaceAsync(current, tally, cancellationToken) : null);
        if (await _status.UpdateAsync(job.AssetId, _ => status, cancellationToken) is null)
            await _status.InsertAsync(job.AssetId, status, cancellationToken);
        if (!current.IsOpen) _tallies.TryRemove(job.Id, out _);
        await bus.PublishAsync(Topics.JobChanged, job.Id, cancellationToken);
    }

    /// <summary>Work done by finished steps. Reads them again only when their number has changed, so that a long title costs no more
    /// to watch than a short one.</summary>
    private async Task<double> DoneAsync(Job job, Tally tally, CancellationToken cancellationToken)
    {
        var count = await _steps.CountAsync(Of(job.Id, StepState.Done), cancellationToken);
        if (count != tally.Steps)
        {
            tally.Weight = (await StepsAsync(job.Id, StepState.Done, cancellationToken)).Sum(s => s.Plan.Weight);
            tally.Steps = count;
        }

        return tally.Weight;
    }

    private async Task<List<Step>> StepsAsync(string jobId, StepState state, CancellationToken cancellationToken)
    {
        var steps = new List<Step>();
        var query = new DocumentQuery { Filters = Of(jobId, state), Limit = 500 };
        await foreach (var step in _steps.QueryAllAsync(query, cancellationToken)) steps.Add(step.Value);
        return steps;
    }

    private async Task<int> PlaceAsync(Job job, Tally tally, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - tally.PlacedAt < PlaceLasts) return tally.Place;
        tally.PlacedAt = now;
        return tally.Place = await places.CountAsync(job, cancellationToken);
    }

    private static DocumentFilter[] Of(string jobId, StepState state) =>
        [DocumentFilter.Equal("job", jobId), DocumentFilter.Equal("state", state.ToString())];

    private sealed class Tally
    {
        public DateTimeOffset ReportedAt { get; set; }

        public DateTimeOffset PlacedAt { get; set; }

        public int Place { get; set; }

        public long Steps { get; set; } = -1;

        public double Weight { get; set; }
    }
}
