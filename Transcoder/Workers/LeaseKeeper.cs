namespace FlickStream.Transcoder.Workers;

/// <summary>Renews a claim while its step runs, and stops the step when the claim is lost or nothing was heard for as long as it lasts.
/// A fault that passes before then costs nothing, because nobody else may begin until the lease has run out.</summary>
internal sealed class LeaseKeeper(TimeSpan lease, TimeSpan renewal, TimeProvider time, ILogger logger)
{
    /// <param name="stepId">For the log.</param>
    /// <param name="renew">False when the claim is lost.</param>
    /// <param name="report">What else is told each time.</param>
    /// <param name="giveUp">Cancelled when the step must stop.</param>
    /// <param name="ended">The step is over; so is keeping it.</param>
    public async Task KeepAsync(
        string stepId,
        Func<CancellationToken, Task<bool>> renew,
        Func<CancellationToken, Task> report,
        CancellationTokenSource giveUp,
        CancellationToken ended)
    {
        var renewed = time.GetTimestamp();
        using var timer = new PeriodicTimer(renewal, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                if (!await IsKeptAsync()) break;
            }

            await giveUp.CancelAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            logger.LogTrace("Step {Step} is over", stepId);
        }

        async Task<bool> IsKeptAsync()
        {
            try
            {
                // An answer that comes after the lease ran out is none.
                var asked = time.GetTimestamp();
                if (!await renew(ended).WaitAsync(Left(), time, ended))
                {
                    logger.LogInformation("Step {Step} was taken away", stepId);
                    return false;
                }

                renewed = asked;
                await report(ended).WaitAsync(Left(), time, ended);
                return true;
            }
            catch (Exception error) when (!ended.IsCancellationRequested)
            {
                logger.LogWarning(error, "Step {Step} could not be renewed; its lease lasts {Left}", stepId, Left());
                return Left() > renewal;
            }
        }

        TimeSpan Left() => lease - time.GetElapsedTime(renewed) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
