using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Board;

/// <summary>Takes migrations a step further with each sweep of the board: counts what ended, begins a few jobs more. A sweep's cost is
/// bounded, however large the library is. Beginning a job twice begins one, so that it may be killed between that and its own write.</summary>
internal sealed class MigrationSweep(
    IDocuments documents,
    EncodeAsset encode,
    JobSpreader spreader,
    TimeProvider time,
    IOptions<BoardOptions> options,
    ILogger<MigrationSweep> logger)
{
    /// <summary>Assets looked at in one sweep: a second or so of planning.</summary>
    internal const int PerSweep = 200;

    /// <summary>Assets that are kept to be looked at again, each with every sweep; the walk waits where there are more.</summary>
    internal const int MaxLater = 32;

    private readonly IDocumentSet<Migration> _migrations = documents.Set(Migration.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KeyRotation is { } life) await RotateAsync(life, cancellationToken);
        var unsettled = new DocumentQuery { Filters = [DocumentFilter.Equal("unsettled", true)] };
        await foreach (var stored in _migrations.QueryAllAsync(unsettled, cancellationToken))
        {
            var next = await CountedAsync(stored.Value, cancellationToken);
            next = next.State == MigrationState.Running
                ? await AdvancedAsync(next, cancellationToken)
                : await StoppedAsync(next, cancellationToken);
            if (next != stored.Value) await _migrations.ReplaceAsync(stored.Id, stored.Version, next, cancellationToken);
        }
    }

    private async Task RotateAsync(TimeSpan life, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var young = new DocumentQuery { Filters = [DocumentFilter.Above("rotation", now - life)], Limit = 1 };
        if ((await _migrations.QueryAsync(young, cancellationToken)).Items.Count > 0) return;
        var (begun, _) = await Migration.BeginAsync(
            documents, Migration.DefaultPriority, newKeys: true, now, cancellationToken, $"rotation-{now.UtcTicks / life.Ticks}");
        if (begun is not null) logger.LogInformation("All protected titles get new keys by migration {Migration}", begun.Id);
    }

    private async Task<Migration> CountedAsync(Migration migration, CancellationToken cancellationToken)
    {
        var open = new List<string>();
        foreach (var id in migration.Open)
        {
            var job = (await _jobs.GetAsync(id, cancellationToken))?.Value;
            if (job is { IsOpen: true }) open.Add(id);
            migration = job switch
            {
                { IsOpen: true } => migration,
                { State: JobState.Done } => migration with { Done = migration.Done + 1 },
                null => migration with { Skipped = migration.Skipped + 1 },
                { State: JobState.Cancelled } => migration with { Cancelled = migration.Cancelled + 1 },
                _ => migration with { Failed = migration.Failed + 1 },
            };
        }

        return open.Count == migration.Open.Count ? migration : migration with { Open = open };
    }

    private async Task<Migration> StoppedAsync(Migration migration, CancellationToken cancellationToken)
    {
        foreach (var id in migration.Open)
        {
            // A studio that opened one of them again waits for it.
            if ((await _jobs.GetAsync(id, cancellationToken))?.Value.Migration != migration.Id) continue;
            await spreader.EndAsync(id, JobState.Cancelled, ProblemReport.Of(BoardProblems.MigrationCancelled), cancellationToken);
        }

        // One that was published in the last moment is done. What is still open is a studio's.
        var ended = await CountedAsync(migration, cancellationToken);
        return ended with { Open = [], Skipped = ended.Skipped + ended.Open.Count };
    }

    private async Task<Migration> AdvancedAsync(Migration migration, CancellationToken cancellationToken)
    {
        for (var seen = 0; seen < PerSweep && migration.Open.Count < options.Value.MigrationJobs; seen++)
        {
            if (migration.IsWalked || migration.Later.Count >= MaxLater) break;
            var page = await _assets.QueryAsync(
                new DocumentQuery
                {
                    Filters =
                    [
                        DocumentFilter.Equal("state", nameof(AssetState.Planned)),
                        DocumentFilter.AtMost("created", migration.CreatedAt),
                    ],
                    Sort = [new DocumentSort("created")],
                    Limit = 1,
                    After = migration.Cursor,
                },
                cancellationToken);
            if (page.Items is [var asset])
                migration = await TakenAsync(migration with { Seen = migration.Seen + 1 }, asset.Value, cancellationToken);
            migration = page.Next is null ? migration with { IsWalked = true } : migration with { Cursor = page.Next };
        }

        if (migration.IsWalked || migration.Later.Count >= MaxLater) migration = await LookedAgainAsync(migration, cancellationToken);
        return migration is { IsWalked: true, Open.Count: 0, Later.Count: 0 }
            ? migration with { State = MigrationState.Done, EndedAt = time.GetUtcNow() }
            : migration;
    }

    private async Task<Migration> LookedAgainAsync(Migration migration, CancellationToken cancellationToken)
    {
        var later = migration.Later;
        if (later.Count == 0) return migration;
        migration = migration with { Later = [] };
        foreach (var id in later)
        {
            var asset = (await _assets.GetAsync(id, cancellationToken))?.Value;
            if (migration.Open.Count >= options.Value.MigrationJobs) migration = migration with { Later = [.. migration.Later, id] };
            else if (asset is null or { State: AssetState.Deleted }) migration = migration with { Skipped = migration.Skipped + 1 };
            else migration = await TakenAsync(migration, asset, cancellationToken);
        }

        return migration;
    }

    private async Task<Migration> TakenAsync(Migration migration, Asset asset, CancellationToken cancellationToken)
    {
        try
        {
            var (job, problem) = await encode.MigrateAsync(asset, migration, cancellationToken);
            return job is not null ? migration with { Open = [.. migration.Open.Append(job.Id).Distinct()] }
                : problem == BoardProblems.JobOpen ? migration with { Later = [.. migration.Later, asset.Id] }
                : migration with { Skipped = migration.Skipped + 1 };
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // One title must not end the walk over all others.
            logger.LogError(error, "Asset {Asset} could not be planned; the migration goes on without it", asset.Id);
            return migration with { Failed = migration.Failed + 1 };
        }
    }
}
