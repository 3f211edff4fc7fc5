using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Workers;

/// <summary>A sound rendition as loud as was asked for, measured on what it decodes to. Every attempt measures again and finds the same: of the
/// master and the plan, and nothing else.</summary>
internal sealed class LeveledSound(StepMedia media, TitleNotices notices)
{
    private const string Name = "sound.mp4";

    /// <param name="claim">Of an audio step.</param>
    /// <param name="target">LUFS.</param>
    /// <param name="source">The master, or what <see cref="EvenSound"/> made of it.</param>
    /// <param name="work">Where it is encoded.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The encoding, or what went wrong.</returns>
    public async Task<(FileStream? Encoded, StepFault? Fault)> MakeAsync(
        Claim claim, double target, SoundSource source, WorkFolder.Lent work, CancellationToken cancellationToken)
    {
        var (master, isEven) = source;
        var (plan, step) = (claim.Job.Plan, claim.Step.Plan);
        var path = Path.Combine(work.Path, Name);
        var (mix, fault) = await MeasureAsync(claim, FfmpegArguments.ForLoudness(plan, step, master, isEven), master, cancellationToken);
        if (mix is null) return (null, fault);
        var aim = LoudnessAim.First(mix, target);
        for (var left = LoudnessAim.MostTries; ; left--)
        {
            var run = Run(claim, ["-y", .. FfmpegArguments.ForAudio(plan, step, master, aim.Leveling, path, isEven)], master) with { OutputFolder = work.Path };
            if (await media.RunAsync(claim, run, cancellationToken) is { } failed) return (null, failed);
            // Opened before it is given to the next sandbox, which would follow a link.
            await using (work.OpenRead(Name))
            {
            }

            (var encoded, fault) = await MeasureAsync(claim, FfmpegArguments.ForLoudnessOf(path), path, cancellationToken);
            if (encoded is null) return (null, fault);
            if (left > 1 && aim.After(encoded) is { } better)
            {
                aim = better;
                continue;
            }

            if (aim.IsMissedBy(encoded)) await notices.AddAsync(claim.Job.AssetId, plan.Revision, Missed(plan.AudioOf(step).Rendition, encoded), cancellationToken);
            return (work.OpenRead(Name), null);
        }
    }

    private static ProblemReport Missed(AudioRendition rendition, SoundLevel level) => ProblemReport.Of(
        AudioProblems.LoudnessMissed,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{rendition.Name} ({rendition.Title}): {level.Integrated:0.0} LUFS, true peak {level.TruePeak:0.0} dBTP.")) with
        {
            Subject = rendition.Name,
        };

    private async Task<(SoundLevel? Level, StepFault? Fault)> MeasureAsync(
        Claim claim, IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        var (fault, words) = await media.MeasureAsync(claim, Run(claim, arguments, input), cancellationToken);
        if (fault is not null) return (null, fault);
        return SoundLevel.TryParse(words) is { } level
            ? (level, null) : (null, new StepFault(FaultCause.Attempt, ProblemReport.Of(BoardProblems.EncodeFailed, words)));
    }

    private MediaRun Run(Claim claim, IReadOnlyList<string> arguments, string input) => new()
    {
        Tool = MediaTool.Ffmpeg,
        Arguments = arguments,
        Inputs = [input],
        TimeLimit = media.TimeLimit(claim.Job.Plan.DurationSeconds),
        Niceness = 10,
        Progress = _ => { },
    };
}
