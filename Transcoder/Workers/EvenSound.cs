using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <param name="Path">Of a file.</param>
/// <param name="IsEven">It is what <see cref="EvenSound"/> made of a master.</param>
internal readonly record struct SoundSource(string Path, bool IsEven);

/// <summary>
/// A track whose channels or sample rate change on the way, as those of broadcasts do where a film in 5.1 follows an advertisement in stereo. Only
/// decoding all of it tells, so it is ffmpeg's refusal to go on that tells it.
/// </summary>
internal sealed class EvenSound(StepMedia media, TitleNotices notices)
{
    private const string Name = "even.nut";

    /// <summary>Whether a run ended because of such a change. Tracks of one channel each that were put together have none.</summary>
    public static bool IsWantedAfter(StepFault fault, Claim claim)
    {
        var plan = claim.Job.Plan;
        var index = plan.AudioOf(claim.Step.Plan).StreamIndex;
        return fault.ToolsWords.Contains("Changing audio frame properties on the fly", StringComparison.Ordinal)
            && plan.Media.Audio.First(track => track.StreamIndex == index).Parts.Count == 0;
    }

    /// <param name="claim">Of an audio step.</param>
    /// <param name="master">Its path.</param>
    /// <param name="work">Where the file is made.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<(SoundSource Source, StepFault? Fault)> MakeAsync(
        Claim claim, string master, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        var (job, step) = (claim.Job, claim.Step.Plan);
        var path = Path.Combine(work.Path, Name);
        var run = new MediaRun
        {
            Tool = MediaTool.Ffmpeg,
            Arguments = FfmpegArguments.ForEvenSound(job.Plan, step, master, path),
            Inputs = [master],
            OutputFolder = work.Path,
            TimeLimit = media.TimeLimit(job.Plan.DurationSeconds),
            Niceness = 10,
            Progress = _ => { },
        };
        if (await media.RunAsync(claim, run, cancellationToken) is { } fault) return (default, fault);
        // Opened before it is given to the next sandbox, which would follow a link.
        await using (work.OpenRead(Name))
        {
        }

        var (index, rendition) = (job.Plan.AudioOf(step).StreamIndex, job.Plan.AudioOf(step).Rendition);
        var changes = ProblemReport.Of(AudioProblems.Changes, $"Track {index + 1}, in {rendition.Name}.") with { Subject = rendition.Name };
        await notices.AddAsync(job.AssetId, job.Plan.Revision, changes, cancellationToken);
        return (new SoundSource(path, IsEven: true), null);
    }
}
