using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>Runs steps of the board in its slots until the host stops; a stopping worker hands its steps back.</summary>
internal sealed class Worker(
    JobBoard board,
    BoardSweep sweep,
    StepExecution execution,
    WorkFolder folder,
    IDocuments documents,
    IBus bus,
    TimeProvider time,
    IOptions<WorkerOptions> options,
    ILogger<Worker> logger) : BackgroundService
{
    private readonly Bell _bell = new();
    private readonly IDocumentSet<WorkerRecord> _workers = documents.Set(WorkerRecord.Schema);
    private int _busy;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        folder.Empty();
        await sweep.ReofferOwnedByAsync(options.Value.Name, stoppingToken);
        await using var rings = await bus.SubscribeAsync(Topics.StepsReady, stoppingToken);
        var slots = Enumerable.Repeat(StepLane.Encode, options.Value.EncodeSlotsHere)
            .Concat(Enumerable.Repeat(StepLane.Light, options.Value.LightSlots))
            .Select(lane => FillSlotAsync(lane, stoppingToken))
            .Append(ListenAsync(rings, stoppingToken))
            .Append(ShowAsync(stoppingToken));
        try
        {
            await Task.WhenAll(slots);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogInformation("Worker {Worker} has stopped", options.Value.Name);
        }
    }

    private async Task FillSlotAsync(StepLane lane, CancellationToken stopping)
    {
        while (true)
        {
            var ring = _bell.Next;
            Claim? claim = null;
            var hasWorked = false;
            try
            {
                claim = await board.ClaimAsync(options.Value.Name, lane, stopping);
                if (claim is not null)
                {
                    await WorkAsync(claim, stopping);
                    hasWorked = true;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                // The board itself could not be reached; the lease brings the step back. A slot must outlive that.
                logger.LogError(error, "Slot of lane {Lane} lost step {Step}", lane, claim?.StepId);
            }

            if (hasWorked) continue;
            using var poll = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(ring, Task.Delay(options.Value.Poll, time, poll.Token));
            await poll.CancelAsync();
            stopping.ThrowIfCancellationRequested();
        }
    }

    private async Task WorkAsync(Claim claim, CancellationToken stopping)
    {
        Interlocked.Increment(ref _busy);
        try
        {
            await execution.RunAsync(claim, stopping);
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }

        _bell.Ring();
    }

    private async Task ListenAsync(IBusSubscription rings, CancellationToken stopping)
    {
        await foreach (var _ in rings.ReadAllAsync(stopping)) _bell.Ring();
    }

    private async Task ShowAsync(CancellationToken stopping)
    {
        var startedAt = time.GetUtcNow();
        using var timer = new PeriodicTimer(WorkerRecord.Silence / 6, time);
        do
        {
            var record = new WorkerRecord(
                options.Value.Name,
                Environment.MachineName,
                options.Value.EncodeSlotsHere,
                options.Value.LightSlots,
                Volatile.Read(ref _busy),
                startedAt,
                time.GetUtcNow());
            if (await _workers.InsertAsync(record.Name, record, stopping) is null)
                await _workers.UpdateAsync(record.Name, _ => record, stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }
}
