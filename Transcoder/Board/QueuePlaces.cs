using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Board;

/// <summary>Keeps the place of jobs that wait in <see cref="EncodingStatus"/>; of those at work their workers do.</summary>
internal sealed class QueuePlaces(IDocuments documents, IBus bus)
{
    // Whenever a job ends all places change. Who is further back keeps the place that it had when it was told last.
    private const int Told = 100;

    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<EncodingStatus> _status = documents.Set(EncodingStatus.Schema);

    /// <returns>1 for the job at work or next.</returns>
    public async Task<int> CountAsync(Job job, CancellationToken cancellationToken) =>
        1 + (int)await _jobs.CountAsync([DocumentFilter.Below("queue", Job.QueueKey(job.Priority, job.CreatedAt))], cancellationToken);

    /// <summary>Of a job that came to the queue, or to another place in it.</summary>
    public async Task TellAsync(Job job, CancellationToken cancellationToken) =>
        await TellAsync(job, await CountAsync(job, cancellationToken), cancellationToken);

    /// <summary>Of a job that ended: it has none.</summary>
    public Task ForgetAsync(Job job, CancellationToken cancellationToken) => _status.UpdateAsync(
        job.AssetId,
        status => status.JobId != job.Id || status.QueuePlace is null ? null : status with { QueuePlace = null, EtaSeconds = null },
        cancellationToken);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var first = new DocumentQuery { Filters = [DocumentFilter.Above("queue", "")], Sort = [new DocumentSort("queue")], Limit = Told };
        var place = 0;
        foreach (var job in (await _jobs.QueryAsync(first, cancellationToken)).Items)
        {
            place++;
            if (job.Value.State == JobState.Queued) await TellAsync(job.Value, place, cancellationToken);
        }
    }

    private async Task TellAsync(Job job, int place, CancellationToken cancellationToken)
    {
        var isNews = false;
        var known = await _status.UpdateAsync(
            job.AssetId,
            status =>
            {
                isNews = status.JobId != job.Id || status.QueuePlace != place;
                return !isNews ? null : status.JobId == job.Id ? status with { QueuePlace = place } : New();
            },
            cancellationToken);
        if (known is null) isNews = await _status.InsertAsync(job.AssetId, New(), cancellationToken) is not null;
        if (isNews) await bus.PublishAsync(Topics.JobChanged, job.Id, cancellationToken);

        EncodingStatus New() => new(job.Id, 0, null, null, place);
    }
}
