using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Board;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Workers;

/// <summary>Runs steps of the board in its slots until the host stops. Asked to stop, it claims no more, lets the running steps end if they
/// do within <see cref="WorkerOptions.DrainTime"/>, and hands the others back.</summary>
internal sealed class Worker(
    JobBoard board,
    BoardSweep sweep,
    StepExecution execution,
    WorkFolder folder,
    MediaRunner media,
    IDocuments documents,
    IBus bus,
    IHostApplicationLifetime lifetime,
    IOptions<HostOptions> host,
    TimeProvider time,
    IOptions<WorkerOptions> options,
    ILogger<Worker> logger) : BackgroundService, IHostedLifecycleService
{
    private readonly Bell _bell = new();
    private readonly SlotTurns _turns = new(SlotsOf(options.Value));
    private readonly IDocumentSet<WorkerRecord> _workers = documents.Set(WorkerRecord.Schema);
    private Task _slots = Task.CompletedTask;
    private int _busy;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        host.Value.ShutdownTimeout += options.Value.DrainTime;
        return Task.CompletedTask;
    }

    /// <exception cref="WorkerNameTakenException">A worker of this name lives on another machine.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Within one machine the work folder sees to it.
        var known = (await _workers.GetAsync(options.Value.Name, cancellationToken))?.Value;
        if (known is not null && known.Host != Environment.MachineName && known.SeenAt > time.GetUtcNow() - WorkerRecord.Silence)
            throw new WorkerNameTakenException(options.Value.Name, known.Host);
        await base.StartAsync(cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before anything else stops, so that whoever watches the process still sees it while it drains.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication(); // A signal has said so already; a caller of the host's StopAsync has not.
        var slots = _slots;
        if (slots.IsCompleted || options.Value.DrainTime == TimeSpan.Zero) return;
        logger.LogInformation("Worker {Worker} finishes {Busy} steps before it stops", options.Value.Name, Volatile.Read(ref _busy));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(slots, Task.Delay(options.Value.DrainTime, time, enough.Token));
        await enough.CancelAsync();
    }

    public override void Dispose()
    {
        _turns.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await folder.EmptyAsync(media, stoppingToken);
        await sweep.ReofferOwnedByAsync(options.Value.Name, stoppingToken);
        await using var rings = await bus.SubscribeAsync(Topics.StepsReady, stoppingToken);
        _slots = Task.WhenAll(SlotsOf(options.Value).Select(slot => FillSlotAsync(slot, stoppingToken)));
        try
        {
            await Task.WhenAll(_slots, ListenAsync(rings, stoppingToken), ShowAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogInformation("Worker {Worker} has stopped", options.Value.Name);
        }
    }

    /// <summary>While all are busy one more of each lane takes nothing but what makes a title playable, so that no upload waits for minutes, least
    /// of all for a migration's.</summary>
    internal static IEnumerable<WorkerSlot> SlotsOf(WorkerOptions options) =>
    [
        .. Enumerable.Repeat(new WorkerSlot(StepLane.Encode, IsOpening: false), options.EncodeSlotsHere), new(StepLane.Encode, IsOpening: true),
        .. Enumerable.Repeat(new WorkerSlot(StepLane.Light, IsOpening: false), options.LightSlots), new(StepLane.Light, IsOpening: true),
    ];

    private async Task FillSlotAsync(WorkerSlot slot, CancellationToken stopping)
    {
        while (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            var ring = _bell.Next;
            Claim? claim = null;
            var hasWorked = false;
            try
            {
                claim = await _turns.TakeAsync(slot, ct => board.ClaimAsync(options.Value.Name, slot.Lane, ct, slot.IsOpening), stopping);
                if (claim is not null)
                {
                    await WorkAsync(claim, slot, stopping);
                    hasWorked = true;
                }
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                // The board itself could not be reached; the lease brings the step back. A slot must outlive that.
                logger.LogError(error, "Slot of lane {Lane} lost step {Step}", slot.Lane, claim?.StepId);
            }

            if (hasWorked) continue;
            using var poll = CancellationTokenSource.CreateLinkedTokenSource(stopping, lifetime.ApplicationStopping);
            await Task.WhenAny(ring, Task.Delay(options.Value.Poll, time, poll.Token));
            await poll.CancelAsync();
            stopping.ThrowIfCancellationRequested();
        }
    }

    private async Task WorkAsync(Claim claim, WorkerSlot slot, CancellationToken stopping)
    {
        Interlocked.Increment(ref _busy);
        if (!_turns.HasIdle(slot.Lane)) _bell.Ring();
        try
        {
            await execution.RunAsync(claim, stopping);
        }
        finally
        {
            _turns.Return(slot);
            Interlocked.Decrement(ref _busy);
        }

        _bell.Ring();
    }

    private async Task ListenAsync(IBusSubscription rings, CancellationToken stopping)
    {
        await foreach (var _ in rings.ReadAllAsync(stopping)) _bell.Ring();
    }

    /// <summary>A fault of the documents must not end it: a worker that nobody sees any more loses the protection of its name.</summary>
    private async Task ShowAsync(CancellationToken stopping)
    {
        var startedAt = time.GetUtcNow();
        using var timer = new PeriodicTimer(WorkerRecord.Silence / 6, time);
        do
        {
            try
            {
                await ShowOnceAsync(startedAt, stopping);
            }
            catch (Exception error) when (!stopping.IsCancellationRequested)
            {
                logger.LogWarning(error, "Worker {Worker} could not say that it lives; it tries again in {Pause}", options.Value.Name, timer.Period);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task ShowOnceAsync(DateTimeOffset startedAt, CancellationToken stopping)
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
}
