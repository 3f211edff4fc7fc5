using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class SlotTurnsTests : IDisposable
{
    private static readonly WorkerSlot Any = new(StepLane.Encode, IsOpening: false);
    private static readonly WorkerSlot Opening = new(StepLane.Encode, IsOpening: true);

    private readonly SlotTurns _turns = new(Worker.SlotsOf(new WorkerOptions { EncodeSlots = 2, LightSlots = 1 }));
    private int _asked;

    public void Dispose() => _turns.Dispose();

    [Fact]
    public async Task A_step_is_an_idle_slots_before_it_is_the_one_for_openings()
    {
        Assert.Null(await TakeAsync(Opening, "step"));
        Assert.NotNull(await TakeAsync(Any, "first"));
        // One of two is idle still, and one that finds nothing is so as well.
        Assert.Null(await TakeAsync(Any, null));
        Assert.Null(await TakeAsync(Opening, "step"));
        Assert.Equal(2, _asked);

        Assert.NotNull(await TakeAsync(Any, "second"));
        Assert.NotNull(await TakeAsync(Opening, "step"));
        // A lane knows nothing of others.
        Assert.Null(await TakeAsync(Opening with { Lane = StepLane.Light }, "step"));

        _turns.Return(Opening);
        Assert.False(_turns.HasIdle(StepLane.Encode));
        _turns.Return(Any);
        Assert.Null(await TakeAsync(Opening, "step"));
    }

    [Fact]
    public async Task Slots_ask_one_after_the_other_and_one_that_fails_is_not_in_the_way()
    {
        var answer = new TaskCompletionSource<string?>();
        var first = _turns.TakeAsync(Any, _ => answer.Task, TestContext.Current.CancellationToken);
        var second = TakeAsync(Any, "second");
        var third = TakeAsync(Opening, "third");
        Assert.Equal(0, _asked);

        answer.SetException(new InvalidOperationException("The board is away."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Equal("second", await second);
        Assert.Null(await third);
        Assert.Equal("fourth", await TakeAsync(Any, "fourth"));
    }

    private Task<string?> TakeAsync(WorkerSlot slot, string? step) => _turns.TakeAsync(
        slot,
        _ =>
        {
            _asked++;
            return Task.FromResult(step);
        },
        TestContext.Current.CancellationToken);
}
