using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Planning;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Board;

/// <summary>Makes the job that brings an asset to what the options of now want. An asset has one open job at most.</summary>
internal sealed class EncodeAsset(
    IDocuments documents,
    JobSpreader spreader,
    ITitleKeySource keys,
    TitleKeyStore titleKeys,
    TimeProvider time,
    IOptions<PlanningOptions> planning,
    ILogger<EncodeAsset> logger)
{
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly IDocumentSet<Job> _jobs = documents.Set(Job.Schema);
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    /// <summary>For an asset that has a new master: whatever is made of another one, or by other options, ends.</summary>
    /// <returns>False when another encoding was published in the same moment, or more must be known of the master; the caller tries again.</returns>
    /// <exception cref="PlanningFailedException">There is no plan for it.</exception>
    public async Task<bool> TakeAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (await LacksLeadAsync(asset, cancellationToken)) return false;
        var wish = Wish(asset);
        foreach (var job in await _jobs.OpenOfAsync(asset.Id, cancellationToken))
        {
            // Left by a crash before the asset said that it is planned.
            if (IsFor(job, asset, wish)) return await SpreadAsync(job.Id, cancellationToken);
            await spreader.EndAsync(job.Id, JobState.Cancelled, ProblemReport.Of(BoardProblems.Superseded), cancellationToken);
        }

        return await PlanAsync(asset, wish, cancellationToken) is not { } plan
            || await BeginAsync(asset, plan, priority: 0, migration: null, cancellationToken) is not null;
    }

    /// <param name="asset">Which.</param>
    /// <param name="priority">Of the job.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="newKeys">Whether what is encrypted is to be so by new keys: where there are no wishes, all else as it is.</param>
    /// <param name="wishes">What shall hold for the asset from now on; null leaves what holds. Kept unless the request is refused for another
    /// reason than that the asset is as they want it.</param>
    /// <returns>The open job: a new one, or one that wants the same; or why there is none.</returns>
    public async Task<(Job? Job, Problem? Problem)> AgainAsync(
        Asset asset, int priority, CancellationToken cancellationToken, bool newKeys = false, EncodingWishes? wishes = null)
    {
        try
        {
            return await TryAgainAsync(asset, priority, newKeys, wishes, cancellationToken);
        }
        catch (PlanningFailedException error)
        {
            logger.LogError(error, "Asset {Asset} could not be planned when it was asked for", asset.Id);
            return (null, BoardProblems.PlanningFailed);
        }
    }

    private async Task<(Job? Job, Problem? Problem)> TryAgainAsync(
        Asset asset, int priority, bool newKeys, EncodingWishes? wishes, CancellationToken cancellationToken)
    {
        if (asset.State == AssetState.Accepted) return (null, BoardProblems.JobOpen);
        if (asset is not { State: AssetState.Planned, Media: not null }) return (null, BoardProblems.AssetNotAccepted);
        if ((wishes is not null || !newKeys) && await LacksLeadAsync(asset, cancellationToken)) return (null, BoardProblems.MasterMeasured);
        asset = asset with { Encoding = wishes ?? asset.Encoding };
        var wish = await WishAsync(asset, asItIs: newKeys && wishes is null, cancellationToken);
        if (newKeys && !wish.IsProtected) return (null, BoardProblems.NotProtected);
        if (await _jobs.OpenOfAsync(asset.Id, cancellationToken) is [var open, ..])
            return (IsFor(open, asset, wish) ? await OwnAsync(open, priority, cancellationToken) : null, BoardProblems.JobOpen);
        if (await PlanAsync(asset, wish, cancellationToken, newKeys) is { } plan)
            return await BeginAsync(asset, plan, priority, null, cancellationToken, wishes) is { } job ? (job, null) : (null, BoardProblems.Superseded);
        if (wishes is not null)
            await _assets.UpdateAsync(asset.Id, now => now.State == AssetState.Deleted ? null : now with { Encoding = wishes }, cancellationToken);
        return (null, BoardProblems.UpToDate);
    }

    /// <summary>The same for a migration, which lets alone what others began, titles that are not whole, and encodings that somebody
    /// cancelled or that their master made fail.</summary>
    /// <returns>The migration's own open job, or why there is none; <see cref="BoardProblems.JobOpen"/> when another is in its way.</returns>
    public async Task<(Job? Job, Problem? Problem)> MigrateAsync(Asset asset, Migration migration, CancellationToken cancellationToken)
    {
        if (asset.State == AssetState.Accepted) return (null, BoardProblems.JobOpen);
        if (asset is not { State: AssetState.Planned, Media: not null }) return (null, BoardProblems.AssetNotAccepted);
        if (!migration.NewKeys && await LacksLeadAsync(asset, cancellationToken)) return (null, BoardProblems.JobOpen);
        var wish = await WishAsync(asset, asItIs: migration.NewKeys, cancellationToken);
        if (migration.NewKeys && !wish.IsProtected) return (null, BoardProblems.UpToDate);
        if (await _jobs.OpenOfAsync(asset.Id, cancellationToken) is [var open, ..])
        {
            return open.Migration == migration.Id ? (open, null)
                : (null, IsFor(open, asset, wish) ? BoardProblems.UpToDate : BoardProblems.JobOpen);
        }

        // What restoring the sealing keys would bring back must not be made again by the thousand.
        if (await _presentations.GetAsync(asset.Id, cancellationToken) is not { Value: { State: PresentationState.Ready } current }
            || !await titleKeys.CanOpenAsync(current, cancellationToken)
            || await PlanAsync(asset, wish, cancellationToken, migration.NewKeys) is not { } plan
            || !MayBegin((await _jobs.GetAsync(Job.IdOf(asset.Id, plan.Revision), cancellationToken))?.Value))
        {
            return (null, BoardProblems.UpToDate);
        }

        var job = await BeginAsync(asset, plan, migration.Priority, migration.Id, cancellationToken);
        return job?.Migration == migration.Id ? (job, null) : (null, BoardProblems.JobOpen);
    }

    /// <summary>What a plan would be wrong without is asked of Ingest.</summary>
    private async Task<bool> LacksLeadAsync(Asset asset, CancellationToken cancellationToken)
    {
        if (asset.Media is not { LacksLead: true }) return false;
        await _assets.UpdateAsync(
            asset.Id,
            now => now is { IsLeadWanted: false, State: AssetState.Accepted or AssetState.Planned, Media.LacksLead: true } ? now with { IsLeadWanted = true } : null,
            cancellationToken);
        return true;
    }

    /// <summary>What somebody asked for is no longer a migration's to end, nor at its priority.</summary>
    private async Task<Job> OwnAsync(Job job, int priority, CancellationToken cancellationToken)
    {
        if (job.Migration is null) return job;
        var owned = await _jobs.UpdateAsync(
            job.Id, now => now.Migration is null ? null : now with { Migration = null, Priority = priority, IsUnspread = true }, cancellationToken);
        await spreader.SpreadAsync(job.Id, cancellationToken);
        return owned?.Value ?? job;
    }

    private static bool MayBegin(Job? left) => left switch
    {
        null => true,
        { State: JobState.Failed } => !left.IsMastersFault,
        // Neither was anybody's decision.
        _ => left.Problem?.Code == BoardProblems.MigrationCancelled.Code || left.Problem?.Code == BoardProblems.Superseded.Code,
    };

    private EncodingPlan Wish(Asset asset) =>
        Planned(() => EncodingPlan.For(asset.Media!, planning.Value.For(asset.Encoding), asset.Source, keys.IsLicensed));

    private static EncodingPlan Planned(Func<EncodingPlan> plan)
    {
        try
        {
            return plan();
        }
        catch (Exception error)
        {
            throw new PlanningFailedException(error);
        }
    }

    /// <param name="asset">Whose.</param>
    /// <param name="asItIs">By the plan of what plays, and not by the options of now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<EncodingPlan> WishAsync(Asset asset, bool asItIs, CancellationToken cancellationToken)
    {
        if (!asItIs || await _presentations.GetAsync(asset.Id, cancellationToken) is not { Value: { State: PresentationState.Ready } current }
            || await JobOfAsync(current, cancellationToken) is not { } job || job.MasterKey != asset.MasterKey)
        {
            return Wish(asset);
        }

        return job.Plan.Afresh(keys.IsLicensed);
    }

    private static bool IsFor(Job job, Asset asset, EncodingPlan wish) =>
        job.MasterKey == asset.MasterKey && (job.Plan.Wish ?? job.Plan.Revision) == wish.Revision;

    /// <returns>Null when there is nothing to do.</returns>
    private async Task<EncodingPlan?> PlanAsync(
        Asset asset, EncodingPlan wish, CancellationToken cancellationToken, bool newKeys = false)
    {
        if (await _presentations.GetAsync(asset.Id, cancellationToken) is not { Value: var current }) return wish;
        if (current.State == PresentationState.Ready) current = await WithSourcesAsync(asset, current, cancellationToken);
        else if (await JobOfAsync(current, cancellationToken) is { } left && IsFor(left, asset, wish)) return left.Plan;
        var hasKeys = await titleKeys.CanOpenAsync(current, cancellationToken);
        var plan = Planned(() => wish.Over(current, newKeys, hasKeys));
        return Reuse.IsAll(plan, current) ? null : plan;
    }

    /// <summary>Earlier versions did not write how they made a rendition, but their job tells.</summary>
    private async Task<Presentation> WithSourcesAsync(Asset asset, Presentation current, CancellationToken cancellationToken)
    {
        if (current.Sprites is not null) return current;
        if (await JobOfAsync(current, cancellationToken) is not { } job) return current;
        var made = (job.Plan with { Source = asset.Source }).ToPresentation(asset.Id, job.CreatedAt);
        return current with { Video = made.Video, Audio = made.Audio, Sprites = made.Sprites, Poster = made.Poster };
    }

    private async Task<Job?> JobOfAsync(Presentation presentation, CancellationToken cancellationToken) =>
        (await _jobs.GetAsync(Job.IdOf(presentation.AssetId, presentation.Revision), cancellationToken))?.Value;

    private async Task<Job?> BeginAsync(
        Asset asset, EncodingPlan plan, int priority, string? migration, CancellationToken cancellationToken, EncodingWishes? wishes = null)
    {
        var id = Job.IdOf(asset.Id, plan.Revision);
        var job = new Job
        {
            Id = id,
            AssetId = asset.Id,
            Owner = asset.Owner,
            Title = asset.Title,
            MasterKey = asset.MasterKey,
            State = JobState.Queued,
            Priority = priority,
            Migration = migration,
            Plan = plan,
            Wishes = wishes,
            Trace = asset.Trace,
            CreatedAt = time.GetUtcNow(),
            IsUnspread = true,
        };
        if (await _jobs.InsertAsync(id, job, cancellationToken) is null)
        {
            // One that did not get done goes on where it stopped.
            await _jobs.UpdateAsync(id, j => j.IsOpen ? null : j.Reopened(migration) with { Priority = priority, Owner = asset.Owner, Wishes = wishes }, cancellationToken);
        }

        // It could not be planned before.
        if (asset.Problem is not null)
            await _assets.UpdateAsync(asset.Id, a => a.State == AssetState.Planned && a.MasterKey == asset.MasterKey ? a with { Problem = null } : null, cancellationToken);
        return await SpreadAsync(id, cancellationToken) ? (await _jobs.GetAsync(id, cancellationToken))?.Value : null;
    }

    private async Task<bool> SpreadAsync(string jobId, CancellationToken cancellationToken)
    {
        await spreader.SpreadAsync(jobId, cancellationToken);
        return await _jobs.GetAsync(jobId, cancellationToken) is not { Value.Problem.Code: var code } || code != BoardProblems.Superseded.Code;
    }
}
