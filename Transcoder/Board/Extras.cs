using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Board;

/// <summary>Ladders beyond the one that every player can show: a title is whole without them.</summary>
internal static class Extras
{
    /// <summary>The job without what a step that failed for good was to make.</summary>
    /// <returns>Null where it must fail: the title cannot be watched without the step, or nothing would be left that it makes.</returns>
    public static Job? Without(Job job, PlannedStep step, ProblemReport cause)
    {
        if (step is not { Kind: StepKind.Video, JoinsLater: true }) return null;
        var plan = job.Plan;
        var top = plan.RungsOf(step)[0];
        List<string> ladder = [.. plan.Rungs.Where(rung => (rung.Codec, rung.Range) == (top.Codec, top.Range)).Select(rung => rung.Name)];

        // Without its small rungs a ladder is of use to hardly anybody; they are made together.
        var isLadder = step.Renditions.Contains(ladder[^1]);
        IReadOnlyList<string> names = isLadder ? [.. ladder.Where(plan.Makes)] : step.Renditions;
        var without = job with { LeftOut = [.. job.LeftOut.Union(names)] };
        if (plan.IsAgain && plan.Steps().All(s => s.Kind is StepKind.Publish or StepKind.Text or StepKind.Captions || without.LeavesOut(s))) return null;
        var notice = ProblemReport.Of(PictureProblems.LadderLeftOut, $"{cause.Code}: {cause.Sentence}") with
        {
            Subject = isLadder ? top.Codec.ToString().ToLowerInvariant() : names[0],
        };
        return without with
        {
            Notices = [.. job.Notices.Where(told => !names.Contains(told.Subject) && told.Subject != notice.Subject), notice],
            IsUnspread = true,
        };
    }

    /// <summary>What is published.</summary>
    public static Presentation Without(Presentation presentation, Job job) => presentation with
    {
        Video = [.. presentation.Video.Where(video => !job.LeftOut.Contains(video.Name))],
        Notices = [.. presentation.Notices, .. job.Notices],
        LeftOut = job.LeftOut,
    };
}
