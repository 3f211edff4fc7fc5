using FlickStream.Platform.Blobs;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>One sound rendition, encoded once and whole; its segments count one run after the other while ffmpeg goes on.</summary>
internal sealed class EncodeAudio(
    StepMedia media, LeveledSound leveled, EvenSound even, WorkFolder folder, SegmentStore store, TitleKeyStore titleKeys, IBlobs blobs)
{
    public async Task<StepFault?> RunAsync(Claim claim, StepProgress progress, CancellationToken cancellationToken)
    {
        var (job, step) = (claim.Job, claim.Step.Plan);
        using var master = await media.MasterOfAsync(job, cancellationToken);
        if (master is null) return StepMedia.MasterMissing;
        using var keys = await titleKeys.OpenAsync(job, cancellationToken);
        var track = new AudioTrack(
            job.AssetId, job.Plan.Revision, job.Plan.AudioOf(step).Rendition, job.Plan.Grid, job.Plan.Grid.SegmentCount(job.Plan.Frames))
        {
            Key = keys?.ForAudio(),
        };
        var fault = await PackAsync(claim, new SoundSource(master.Path, IsEven: false), track, progress, cancellationToken);
        if (fault is null || !EvenSound.IsWantedAfter(fault, claim)) return fault;
        using var work = folder.Lend($"{claim.StepId}-even", claim.Step.Fence);
        (var source, fault) = await even.MakeAsync(claim, master.Path, work, cancellationToken);
        return fault ?? await PackAsync(claim, source, track, progress, cancellationToken);
    }

    private async Task<StepFault?> PackAsync(
        Claim claim, SoundSource source, AudioTrack track, StepProgress progress, CancellationToken cancellationToken)
    {
        var job = claim.Job;
        using var packager = new AudioPackager(
            blobs,
            track,
            async (made, stop) =>
            {
                await store.AddAsync(job, made, stop);
                progress.Report((double)(made.First + made.Segments.Count) / track.VideoSegments, null);
            },
            await RecordedAsync(job, track, cancellationToken));
        try
        {
            if (await ReadAsync(claim, source, packager, cancellationToken) is { } fault) return fault;
            await packager.FinishAsync(cancellationToken);
            return null;
        }
        catch (ChunkRejectedException rejected)
        {
            return new StepFault(FaultCause.Attempt, rejected.ToReport());
        }
    }

    private async Task<StepFault?> ReadAsync(Claim claim, SoundSource source, AudioPackager packager, CancellationToken cancellationToken)
    {
        var plan = claim.Job.Plan;
        if (plan.Options.LoudnessTarget is { } target)
        {
            using var work = folder.Lend(claim.StepId, claim.Step.Fence);
            var (encoded, fault) = await leveled.MakeAsync(claim, target, source, work, cancellationToken);
            await using (encoded)
            {
                if (encoded is not null) await packager.ReadAsync(encoded, cancellationToken);
            }

            return fault;
        }

        var run = new MediaRun
        {
            Tool = MediaTool.Ffmpeg,
            Arguments = FfmpegArguments.ForAudio(plan, claim.Step.Plan, source.Path, isEven: source.IsEven),
            Inputs = [source.Path],
            TimeLimit = media.TimeLimit(plan.DurationSeconds),
            // A title starts with its first seconds of sound, which even a tenth of a core makes in time; an hour's must not take more.
            Niceness = 10,
            ReadOutput = packager.ReadAsync,
            // A commentary may begin far into the film.
            FirstOutputWithin = media.ReadingLimit(source.Path, plan.DurationSeconds),
        };
        return await media.RunAsync(claim, run, cancellationToken);
    }

    private async Task<int> RecordedAsync(Job job, AudioTrack track, CancellationToken cancellationToken)
    {
        var runs = 0;
        while (await store.FindAsync(job, track.Rendition.Name, track.Grid.FirstSegmentOf(runs), cancellationToken) is not null) runs++;
        return runs;
    }
}
