using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>
/// Sends requests: each attempt bounded in time, passing faults tried again with growing pauses, the rest told as an
/// <see cref="IOException"/>. Answers that are part of the protocol (404, 412, 416) reach the caller as they are.
/// </summary>
internal sealed class S3Calls
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(6);

    private readonly ResiliencePipeline _retries;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public S3Calls(S3BlobOptions options, TimeProvider time, ILogger logger)
    {
        (_timeout, _time) = (options.Timeout, time);
        var retries = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Retries > 0)
        {
            retries.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is { } fault && S3Faults.IsTransient(fault)),
                OnRetry = attempt =>
                {
                    logger.LogWarning(
                        "S3 could not {Operation}: {Fault}. It is tried again in {Pause}.",
                        attempt.Context.OperationKey, S3Faults.Describe(attempt.Outcome.Exception!), attempt.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            });
        }

        _retries = retries.Build();
    }

    /// <param name="what">For messages: completes "S3 could not ...".</param>
    /// <param name="call">One attempt.</param>
    /// <param name="bytes">What an attempt carries; it may take longer then.</param>
    /// <exception cref="BlobStorageFullException">There is no room.</exception>
    /// <exception cref="BlobStorageUnavailableException">It still fails after the last attempt.</exception>
    /// <exception cref="IOException">It would always fail.</exception>
    public async Task<T> RunAsync<T>(
        string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, long bytes = 0)
    {
        var context = ResilienceContextPool.Shared.Get(what, cancellationToken);
        try
        {
            return await _retries.ExecuteAsync(
                async attempt => await AttemptAsync(call, bytes, attempt.CancellationToken), context);
        }
        catch (Exception fault) when (S3Faults.IsFull(fault))
        {
            throw new BlobStorageFullException($"The object storage is full: {S3Faults.Describe(fault)}.", fault);
        }
        catch (Exception fault) when (S3Faults.IsOfStorage(fault) && !S3Faults.IsProtocol(fault))
        {
            var account = $"S3 could not {what}: {S3Faults.Describe(fault)}.";
            throw S3Faults.IsTransient(fault) ? new BlobStorageUnavailableException(account, fault) : new IOException(account, fault);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> AttemptAsync<T>(Func<CancellationToken, Task<T>> call, long bytes, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout + TimeSpan.FromSeconds(bytes >> 20), _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await call(stop.Token);
        }
        catch (Exception fault) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("There was no answer in time.", fault);
        }
    }
}
