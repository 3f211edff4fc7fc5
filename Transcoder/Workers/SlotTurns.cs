using FlickStream.Transcoder.Board;

namespace FlickStream.Transcoder.Workers;

/// <param name="Lane">Of its steps.</param>
/// <param name="IsOpening">It takes nothing but what makes a title playable.</param>
internal readonly record struct WorkerSlot(StepLane Lane, bool IsOpening);

/// <summary>Whose turn it is among the slots of one worker to take a step.</summary>
internal sealed class SlotTurns : IDisposable
{
    // Slots that ask at the same time would take each other for rivals, and rivals do not take the first step.
    private readonly SemaphoreSlim _claiming = new(1);

    // By lane, of the slots that take any step.
    private readonly int[] _idle = new int[Enum.GetValues<StepLane>().Length];

    public SlotTurns(IEnumerable<WorkerSlot> slots)
    {
        foreach (var slot in slots.Where(slot => !slot.IsOpening)) _idle[(int)slot.Lane]++;
    }

    /// <summary>Asks for a step, which <see cref="Return"/> must follow where there is one.</summary>
    /// <param name="slot">That is idle.</param>
    /// <param name="claim">Asks the board.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is none, or when it is another slot's to take.</returns>
    public async Task<T?> TakeAsync<T>(WorkerSlot slot, Func<CancellationToken, Task<T?>> claim, CancellationToken cancellationToken)
        where T : class
    {
        await _claiming.WaitAsync(cancellationToken);
        try
        {
            // While another slot is idle it takes the step, and cores are not shared by one encoder more than they need be.
            if (slot.IsOpening && HasIdle(slot.Lane)) return null;
            var taken = await claim(cancellationToken);
            if (taken is not null && !slot.IsOpening) Interlocked.Decrement(ref _idle[(int)slot.Lane]);
            return taken;
        }
        finally
        {
            _claiming.Release();
        }
    }

    /// <summary>Of the slots that take any step.</summary>
    public bool HasIdle(StepLane lane) => Volatile.Read(ref _idle[(int)lane]) > 0;

    /// <summary>The slot is done with its step.</summary>
    public void Return(WorkerSlot slot)
    {
        if (!slot.IsOpening) Interlocked.Increment(ref _idle[(int)slot.Lane]);
    }

    public void Dispose() => _claiming.Dispose();
}
