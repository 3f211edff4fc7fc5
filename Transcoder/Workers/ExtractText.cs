using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>
/// All tracks of text, taken out in one reading of the master, or the captions in its picture. A track that cannot be had is told of and left out: a title is worth
/// more than its subtitles.
/// </summary>
internal sealed class ExtractText(StepMedia media, WorkFolder folder, TextStore store, TitleNotices notices, IDocuments documents)
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
        foreach (var track in waiting)
        {
            // One broken track makes ffmpeg fail for all of them.
            var own = fault is null || waiting.Count == 1 ? fault : await ExtractAsync(claim, [track], master, work.Path, cancellationToken);
            if (own?.Cause == FaultCause.Surroundings) return own;
            var problem = own is not null ? TextProblems.NotExtracted
                : track.IsCaptions ? await StoreCaptionsAsync(job, title, track, work, cancellationToken)
                : await StoreAsync(job, title, track, work, cancellationToken);
            var notice = problem is null ? null : ProblemReport.Of(problem, $"Track {track.StreamIndex} ({track.Title}).");
            if (track.IsInPicture && own is null) notice = OfChannels(await ChannelsAsync(track, work, cancellationToken), problem, notice);
            if (notice is not null) await notices.AddAsync(job.AssetId, job.Plan.Revision, notice, cancellationToken);
        }

        return null;
    }

    /// <summary>What is said of captions in the picture: services of CEA-708 that are left out, whatever became of the others. Most first ones
    /// repeat the first channel. Padding in which nobody speaks is not worth a word.</summary>
    private static ProblemReport? OfChannels(IReadOnlyList<string> channels, Problem? problem, ProblemReport? otherwise)
    {
        var isTaken = channels.Contains(CaptionChannels.First);
        List<string> left = [.. channels.Where(channel => CaptionChannels.IsService(channel) && !(isTaken && channel == CaptionChannels.FirstService))];
        return left.Count > 0 ? ProblemReport.Of(TextProblems.CaptionsLeftOut, $"{string.Join(", ", left)}.")
            : problem == TextProblems.Empty && !isTaken ? null : otherwise;
    }

    private static async Task<IReadOnlyList<string>> ChannelsAsync(TextPlan track, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        var path = FfmpegArguments.TextFile(track, work.Path);
        if (new FileInfo(path) is { Exists: true, Length: 0 }) return [];
        await using var file = work.OpenRead(Path.GetFileName(path));
        var bytes = new byte[Math.Min(file.Length, TimedTextFile.MaxBytes)];
        await file.ReadExactlyAsync(bytes, cancellationToken);
        return CaptionChannels.Of(bytes);
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

    /// <summary>A rendition for each channel that says something, the first under the track's own name and last, which tells that all are there.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    private async Task<Problem?> StoreCaptionsAsync(
        Job job, Presentation title, TextPlan track, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        if (new FileInfo(FfmpegArguments.TextFile(track, work.Path)) is { Exists: true, Length: 0 }) return TextProblems.Empty;
        IReadOnlyList<IReadOnlyList<Cue>> channels;
        try
        {
            await using var triplets = work.OpenRead(Path.GetFileName(FfmpegArguments.TextFile(track, work.Path)));
            await using var index = work.OpenRead(Path.GetFileName(FfmpegArguments.SampleIndex(track, work.Path)));
            channels = CaptionFile.Read(new StreamReader(index), triplets);
        }
        catch (ChunkRejectedException)
        {
            return TextProblems.NotExtracted;
        }

        Problem? problem = TextProblems.Empty;
        foreach (var (number, cues) in channels.Index().Reverse())
        {
            var own = number == 0 ? track : track with { Name = $"{track.Name}-cc{number + 1}", Title = track.IsInPicture ? $"CC{number + 1}" : $"{track.Title} (CC{number + 1})" };
            if (await StoreAsync(job, title, own, cues, cancellationToken) is not { } missed) problem = null;
            else if (problem is not null && missed != TextProblems.Empty) problem = missed;
        }

        return problem;
    }

    /// <returns>Why there is no rendition; null when there is.</returns>
    private async Task<Problem?> StoreAsync(
        Job job, Presentation title, TextPlan track, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        if (new FileInfo(FfmpegArguments.TextFile(track, work.Path)) is { Exists: true, Length: 0 }) return TextProblems.Empty;
        IEnumerable<Cue> read;
        try
        {
            await using var file = work.OpenRead(Path.GetFileName(FfmpegArguments.TextFile(track, work.Path)));
            if (file.Length >= TimedTextFile.MaxBytes) return TextProblems.TooLarge;
            read = track.IsSampled
                ? await ReadSamplesAsync(track, file, work, cancellationToken)
                : TimedTextFile.Read(await new StreamReader(file).ReadToEndAsync(cancellationToken), track.Format);
        }
        catch (ChunkRejectedException)
        {
            return TextProblems.NotExtracted;
        }

        return await StoreAsync(job, title, track, read, cancellationToken);
    }

    private async Task<Problem?> StoreAsync(
        Job job, Presentation title, TextPlan track, IEnumerable<Cue> read, CancellationToken cancellationToken)
    {
        var cues = CueList.Of(
            read,
            FfmpegArguments.TextShift(job.Plan, track),
            (long)Math.Ceiling(job.Plan.DurationSeconds * 1000));
        if (cues.Count == 0) return TextProblems.Empty;
        if (CueList.IsTooHeavy(cues, TextPackager.SegmentMilliseconds(title.Grid))) return TextProblems.TooLarge;
        await store.AddAsync(title, cues, track.Name, track.Rendition, cancellationToken);
        return null;
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
