using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>The titles that are to be measured, whichever worker published them: they outlive workers, and each is measured by one at a time.</summary>
internal sealed class QualityQueue(
    MeasureQuality quality, IDocuments documents, TimeProvider time, IOptions<WorkerOptions> options, ILogger<QualityQueue> logger)
{
    // Workers that look at the same time go for different ones.
    private const int Window = 16;

    private readonly IDocumentSet<Measurement> _measurements = documents.Set(Measurement.Schema);
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);

    /// <summary>Rung when a title was added by this process.</summary>
    public Bell Added { get; } = new();

    /// <summary>Adds a title once.</summary>
    public async Task AddAsync(Job job, CancellationToken cancellationToken)
    {
        if (!options.Value.MeasureQuality) return;
        await _measurements.InsertAsync(job.Id, new Measurement(job.Id, job.AssetId, time.GetUtcNow(), Tries: 0), cancellationToken);
        Added.Ring();
    }

    /// <summary>Measures one title that is due.</summary>
    /// <returns>False when none is.</returns>
    public async Task<bool> MeasureOneAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var due = new DocumentQuery { Filters = [DocumentFilter.AtMost("due", now)], Sort = [new DocumentSort("due")], Limit = Window };
            var page = await _measurements.QueryAsync(due, cancellationToken);
            if (page.Items.Count == 0) return false;
            var (id, version, waiting) = page.Items[Random.Shared.Next(page.Items.Count)];
            var taken = waiting with { Due = now + Measurement.Turn, Tries = waiting.Tries + 1 };
            if (await _measurements.ReplaceAsync(id, version, taken, cancellationToken) is not { } mine) continue;
            await MeasureAsync(mine, cancellationToken);
            return true;
        }
    }

    private async Task MeasureAsync(Stored<Measurement> mine, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            var job = await _jobs.GetAsync(mine.Id, cancellationToken);
            isDone = job is null || await quality.RunAsync(job.Value, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await TellAsync(mine, mine.Value with { Due = time.GetUtcNow(), Tries = mine.Value.Tries - 1 });
            throw;
        }
        catch (Exception error)
        {
            logger.LogWarning(error, "The quality of {Job} could not be measured; try {Try} of {Most}", mine.Id, mine.Value.Tries, Measurement.MostTries);
        }

        var isOver = isDone || mine.Value.Tries >= Measurement.MostTries;
        await TellAsync(mine, isOver ? null : mine.Value with { Due = time.GetUtcNow() + Measurement.PauseAfter(mine.Value.Tries) });
    }

    /// <summary>Not cancellable: others must not wait for what is done or given back.</summary>
    /// <param name="mine">As it was taken; who has taken it since is let alone.</param>
    /// <param name="left">What is to be done of it; null: nothing.</param>
    private Task TellAsync(Stored<Measurement> mine, Measurement? left) => left is null
        ? _measurements.DeleteAsync(mine.Id, mine.Version, CancellationToken.None)
        : _measurements.ReplaceAsync(mine.Id, mine.Version, left, CancellationToken.None);
}
