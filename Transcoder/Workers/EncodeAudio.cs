using FlickStream.Platform.Blobs;
using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>One sound rendition, encoded once and whole; its segments count one run after the other while ffmpeg goes on.</summary>
internal sealed class EncodeAudio(StepMedia media, SegmentStore store, TitleKeyStore titleKeys, IBlobs blobs)
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
        using var packager = new AudioPackager(
            blobs,
            track,
            async (made, stop) =>
            {
                await store.AddAsync(job, made, stop);
                progress.Report((double)(made.First + made.Segments.Count) / track.VideoSegments, null);
            },
            await RecordedAsync(job, track, cancellationToken));
        var (gain, unmeasured) = await GainAsync(claim, master.Path, cancellationToken);
        if (unmeasured is not null) return unmeasured;
        var run = new MediaRun
        {
            Tool = MediaTool.Ffmpeg,
            Arguments = FfmpegArguments.ForAudio(job.Plan, step, master.Path, gain),
            Inputs = [master.Path],
            TimeLimit = media.TimeLimit(job.Plan.DurationSeconds),
            // A title starts with its first seconds of sound, which even a tenth of a core makes in time; an hour's must not take more.
            Niceness = 10,
            ReadOutput = packager.ReadAsync,
        };
        try
        {
            if (await media.RunAsync(claim, run, cancellationToken) is { } fault) return fault;
            await packager.FinishAsync(cancellationToken);
            return null;
        }
        catch (ChunkRejectedException rejected)
        {
            return new StepFault(FaultCause.Attempt, rejected.ToReport());
        }
    }

    /// <summary>Measured again by every attempt, so that all of them find the same: of the same mix, and nothing else.</summary>
    private async Task<(double Gain, StepFault? Fault)> GainAsync(Claim claim, string master, CancellationToken cancellationToken)
    {
        var (plan, step) = (claim.Job.Plan, claim.Step.Plan);
        if (plan.Options.LoudnessTarget is not { } target) return (0, null);
        var run = new MediaRun
        {
            Tool = MediaTool.Ffmpeg,
            Arguments = FfmpegArguments.ForLoudness(plan, step, master),
            Inputs = [master],
            TimeLimit = media.TimeLimit(plan.DurationSeconds),
            Niceness = 10,
            Progress = _ => { },
        };
        var (fault, words) = await media.MeasureAsync(claim, run, cancellationToken);
        if (fault is not null) return (0, fault);
        return SoundLevel.TryParse(words) is { } level
            ? (level.GainTo(target, SoundMix.Ceiling(plan.AudioOf(step).Rendition)), null)
            : (0, new StepFault(FaultCause.Attempt, ProblemReport.Of(BoardProblems.EncodeFailed, words)));
    }

    private async Task<int> RecordedAsync(Job job, AudioTrack track, CancellationToken cancellationToken)
    {
        var runs = 0;
        while (await store.FindAsync(job, track.Rendition.Name, track.Grid.FirstSegmentOf(runs), cancellationToken) is not null) runs++;
        return runs;
    }
}
