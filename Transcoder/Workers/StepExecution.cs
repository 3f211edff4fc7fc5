using FlickStream.Platform.Blobs;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Protection;
using FlickStream.Platform.Telemetry;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Keys;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace FlickStream.Transcoder.Workers;

/// <summary>One claim from its beginning to its end: renews the lease while the step runs, stops the step when the lease is lost, and
/// tells the board how it went.</summary>
internal sealed class StepExecution(
    JobBoard board,
    StepRunners runners,
    StatusReporter status,
    TranscoderMetrics metrics,
    TimeProvider time,
    IOptions<WorkerOptions> options,
    ILogger<StepExecution> logger)
{
    /// <summary>An encoding must not be lost because the documents could not be reached for a moment when it was done.</summary>
    private readonly ResiliencePipeline _telling = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 4,
            Delay = TimeSpan.FromSeconds(0.5),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = attempt =>
            {
                logger.LogWarning(attempt.Outcome.Exception, "How a step went could not be told; it is tried again in {Pause}", attempt.RetryDelay);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    public async Task RunAsync(Claim claim, CancellationToken stopping)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        using var span = MasterTrace.Start(
            $"step {claim.Step.Name}",
            claim.Job.Trace,
            ("flickstream.asset", claim.Job.AssetId),
            ("flickstream.worker", claim.Step.Owner),
            ("flickstream.fence", claim.Step.Fence));
        var began = time.GetTimestamp();
        var progress = new StepProgress();
        var keeping = new LeaseKeeper(board.Lease, options.Value.Renewal, time, logger).KeepAsync(
            claim.StepId,
            cancel => board.RenewAsync(claim, progress.Done, progress.Speed, cancel),
            cancel => status.ReportAsync(claim.Job, evenIfRecent: false, cancel),
            giveUp,
            ended.Token);
        StepFault? fault = null;
        var interrupted = false;
        try
        {
            fault = await runners.RunAsync(claim, progress, giveUp.Token);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            interrupted = true;
        }
        catch (IOException error) when (error is BlobStorageFullException || DiskFaults.IsFull(error))
        {
            fault = new StepFault(FaultCause.Surroundings, ProblemReport.Of(BoardProblems.StorageFull, error.Message));
        }
        catch (BlobStorageUnavailableException error)
        {
            fault = new StepFault(FaultCause.Surroundings, ProblemReport.Of(BoardProblems.StorageUnavailable, error.Message));
        }
        catch (Exception error) when (error is KeysUnavailableException or ContentKeyLostException)
        {
            fault = new StepFault(FaultCause.Surroundings, ProblemReport.Of(BoardProblems.KeysUnavailable, error.Message));
        }
        catch (Exception error)
        {
            logger.LogError(error, "Step {Step} crashed", claim.StepId);
            fault = new StepFault(FaultCause.Attempt, ProblemReport.Of(BoardProblems.StepCrashed));
        }

        await ended.CancelAsync();
        await keeping;
        var outcome = interrupted ? "interrupted" : fault is null ? "done" : "failed";
        span?.SetTag("flickstream.outcome", outcome);
        metrics.StepEnded(claim.Step, outcome, time.GetElapsedTime(began), progress.Speed);
        await _telling.ExecuteAsync(async _ => await TellAsync(claim, fault, interrupted), CancellationToken.None);
    }

    // Not cancellable: what was done, or left, must be told even while the host stops.
    private async Task TellAsync(Claim claim, StepFault? fault, bool interrupted)
    {
        if (interrupted)
        {
            await board.HandBackAsync(claim, CancellationToken.None);
            await board.LetGoAsync(claim, CancellationToken.None);
        }
        else if (fault is not null)
        {
            logger.LogWarning("Step {Step} failed: {Problem} {Words}", claim.StepId, fault.Problem, fault.ToolsWords);
            await board.FailAsync(claim, fault, CancellationToken.None);
        }
        else if (!await board.FinishAsync(claim, CancellationToken.None))
        {
            await board.LetGoAsync(claim, CancellationToken.None);
        }

        await status.ReportAsync(claim.Job, evenIfRecent: true, CancellationToken.None);
    }
}
