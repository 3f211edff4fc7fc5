using FlickStream.Platform.Masters;
using FlickStream.Platform.Media;
using FlickStream.Platform.Problems;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>What the steps that run ffmpeg share: finding the master, bounding the time, and saying what went wrong.</summary>
internal sealed class StepMedia(MediaRunner runner, MasterFiles masters, StepLog log, IOptions<WorkerOptions> options)
{
    // Bytes a second of a disk that is shared by many readers.
    private const long SlowestReading = 10_000_000;

    // Seconds for one of the largest pictures, on a core that others use as well.
    private const double SlowestDecoding = 20;

    public static readonly StepFault MasterMissing = new(FaultCause.Input, ProblemReport.Of(BoardProblems.MasterMissing));

    /// <summary>The master as a file on this machine; null when it is gone.</summary>
    public Task<MasterFile?> MasterOfAsync(Job job, CancellationToken cancellationToken) => masters.OpenAsync(job.MasterKey, cancellationToken);

    /// <param name="seconds">Of master that the run covers.</param>
    public TimeSpan TimeLimit(double seconds) => options.Value.StepFloor + TimeSpan.FromSeconds(seconds * options.Value.SlownessLimit);

    /// <summary>What a run needs besides where the keyframe before its first picture is far away; it shows no progress until then.</summary>
    /// <param name="plan">The title's.</param>
    /// <param name="titleSeconds">When that picture is shown.</param>
    public static TimeSpan LeadLimit(EncodingPlan plan, double titleSeconds) =>
        TimeSpan.FromSeconds(FfmpegArguments.LongLead(plan, titleSeconds) * SlowestDecoding);

    /// <summary>Of a run that does little but read a master: never longer than encoding it may take.</summary>
    public TimeSpan ReadingLimit(string masterPath, double seconds) =>
        ReadingLimit(options.Value.StepFloor, new FileInfo(masterPath).Length) is var limit && limit < TimeLimit(seconds) ? limit : TimeLimit(seconds);

    internal static TimeSpan ReadingLimit(TimeSpan floor, long bytes) => floor + TimeSpan.FromSeconds((double)bytes / SlowestReading);

    /// <returns>Null when ffmpeg ended well.</returns>
    public async Task<StepFault?> RunAsync(Claim claim, MediaRun run, CancellationToken cancellationToken) =>
        (await RunAsync(claim, run, "encoded", cancellationToken)).Fault;

    /// <summary>A run that is done for what ffmpeg says on standard error.</summary>
    public Task<(StepFault? Fault, string Words)> MeasureAsync(Claim claim, MediaRun run, CancellationToken cancellationToken) =>
        RunAsync(claim, run, "measured", cancellationToken);

    private async Task<(StepFault? Fault, string Words)> RunAsync(Claim claim, MediaRun run, string success, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(run, cancellationToken);
        var fault = FaultOf(outcome);
        await log.WriteAsync(claim, fault is null ? success : "ffmpeg", fault?.Problem, cancellationToken, outcome.CommandLine);
        if (fault is null) return (null, outcome.ErrorTail);
        var told = fault.Problem with { Detail = $"At step {claim.Step.Name} of its job; the job's log has more." };
        return (fault with { Problem = told, ToolsWords = outcome.ErrorTail }, outcome.ErrorTail);
    }

    /// <summary>What went wrong in a run of ffmpeg, and whether it counts as a failed attempt.</summary>
    internal static StepFault? FaultOf(MediaOutcome outcome)
    {
        // Its exit code does not tell a full disk from a broken master, and is 0 when only the last bytes found no room; its words tell.
        if (outcome.ErrorTail.Contains("No space left on device", StringComparison.Ordinal))
            return new StepFault(FaultCause.Surroundings, ProblemReport.Of(BoardProblems.StorageFull, outcome.ErrorTail));
        if (outcome.Succeeded) return null;
        var problem = outcome.End switch
        {
            MediaEnd.Stalled => BoardProblems.EncodeStalled,
            MediaEnd.TimedOut => BoardProblems.EncodeTooSlow,
            MediaEnd.Outgrown => BoardProblems.EncodeOutgrown,
            _ => BoardProblems.EncodeFailed,
        };
        return new StepFault(FaultCause.Attempt, ProblemReport.Of(problem, outcome.ErrorTail));
    }
}
