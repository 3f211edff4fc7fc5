using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>
/// All tracks of text, taken out in one reading of the master, or the captions in its picture. A track that cannot be had at the last try is told of and
/// left out: a title is worth more than its subtitles.
/// </summary>
internal sealed class ExtractText(
    StepMedia media,
    WorkFolder folder,
    TextStore store,
    StoreCaptions captions,
    TitleNotices notices,
    IDocuments documents,
    IOptions<BoardOptions> options)
{
    private readonly IDocumentSet<Presentation> _presentations = documents.Set(Presentation.Schema);

    public async Task<StepFault?> RunAsync(Claim claim, CancellationToken cancellationToken)
    {
        var job = claim.Job;
        using var master = await media.MasterOfAsync(job, cancellationToken);
        if (master is null) return StepMedia.MasterMissing;
        if (await _presentations.FindRevisionAsync(job.AssetId, job.Plan.Revision, cancellationToken) is not { Value: var title })
            throw new InvalidOperationException($"Asset {job.AssetId} has no presentation {job.Plan.Revision}.");

        using var work = folder.Lend(claim.StepId, claim.Step.Fence);
        var names = claim.Step.Plan.Renditions;
        IReadOnlyList<TextPlan> waiting = [.. job.Plan.Text.Where(track => names.Contains(track.Name) && title.Text.All(t => t.Name != track.Name))];
        var fault = await ExtractAsync(claim, waiting, master, work.Path, cancellationToken);
        if (fault?.Cause == FaultCause.Surroundings) return fault;
        var isLast = claim.Step.Failures + 1 >= options.Value.MaxAttempts;
        StepFault? failed = null;
        foreach (var track in waiting)
        {
            // One broken track makes ffmpeg fail for all of them.
            var own = fault is null || waiting.Count == 1 ? fault : await ExtractAsync(claim, [track], master, work.Path, cancellationToken);
            if (own?.Cause == FaultCause.Surroundings) return own;
            failed ??= own;
            if (own is not null && !isLast) continue;
            foreach (var notice in own is not null ? [TextProblems.Report(TextProblems.NotExtracted, track)] : await StoreAsync(job, title, track, work, cancellationToken))
                await notices.AddAsync(job.AssetId, job.Plan.Revision, notice, cancellationToken);
        }

        return isLast ? null : failed;
    }

    private Task<StepFault?> ExtractAsync(
        Claim claim, IReadOnlyList<TextPlan> tracks, MasterFile master, string output, CancellationToken cancellationToken)
    {
        if (tracks.Count == 0) return Task.FromResult<StepFault?>(null);
        var run = new MediaRun
        {
            Tool = MediaTool.Ffmpeg,
            Arguments = FfmpegArguments.ForText(claim.Job.Plan, tracks, master.Path, output),
            Inputs = [master.Path],
            OutputFolder = output,
            TimeLimit = media.ReadingLimit(master.Path, claim.Job.Plan.DurationSeconds),
            Niceness = 10,
        };
        if (tracks is [{ IsInPicture: true } captions])
        {
            // The picture is decoded, as slowly as it may be, and its frames show that it goes on.
            run = run with
            {
                Arguments = FfmpegArguments.ForCaptions(claim.Job.Plan, captions, master.Path, output),
                TimeLimit = media.TimeLimit(claim.Job.Plan.DurationSeconds),
                Progress = _ => { },
            };
        }

        return media.RunAsync(claim, run, cancellationToken);
    }

    /// <returns>What the studio is told.</returns>
    private async Task<IReadOnlyList<ProblemReport>> StoreAsync(
        Job job, Presentation title, TextPlan track, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        try
        {
            if (track.IsCaptions) return await captions.RunAsync(job, title, track, work, cancellationToken);
            return await StoreTrackAsync(job, title, track, work, cancellationToken) is { } problem ? [TextProblems.Report(problem, track)] : [];
        }
        catch (ChunkRejectedException)
        {
            return [TextProblems.Report(TextProblems.NotExtracted, track)];
        }
    }

    /// <returns>Why there is no rendition; null when there is.</returns>
    private async Task<Problem?> StoreTrackAsync(
        Job job, Presentation title, TextPlan track, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        if (new FileInfo(FfmpegArguments.TextFile(track, work.Path)) is { Exists: true, Length: 0 }) return TextProblems.Empty;
        await using var file = work.OpenRead(Path.GetFileName(FfmpegArguments.TextFile(track, work.Path)));
        if (file.Length >= TimedTextFile.MaxBytes) return TextProblems.TooLarge;
        var read = track.IsSampled
            ? await ReadSamplesAsync(track, file, work, cancellationToken)
            : TimedTextFile.Read(await new StreamReader(file).ReadToEndAsync(cancellationToken), track.Format);
        return await store.AddAsync(job, title, track, read, cancellationToken);
    }

    private static async Task<IReadOnlyList<Cue>> ReadSamplesAsync(TextPlan track, FileStream file, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancellationToken);
        await using var index = work.OpenRead(Path.GetFileName(FfmpegArguments.SampleIndex(track, work.Path)));
        var lines = (await new StreamReader(index).ReadToEndAsync(cancellationToken)).Split('\n');
        return SampledText.Read(SampleIndex.Read(lines, bytes), track.Format, (long)Math.Round(track.ClockSeconds * 1000));
    }
}
