using FlickStream.Platform.Media;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Media;

public sealed class RunWatchTests
{
    [Fact]
    public async Task What_counts_is_the_thread_that_waited_longest_for_a_core_whichever_that_is()
    {
        // As of x265 and SVT-AV1, which work in threads of their own while ffmpeg's first sleeps: here the test's first sleeps.
        using var enough = new CancellationTokenSource();
        Thread[] busy = [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (!enough.IsCancellationRequested) Thread.SpinWait(1000);
        }))];
        foreach (var thread in busy) thread.Start();
        var clock = new FakeTimeProvider();
        var watch = new RunWatch(new() { MaxProcesses = int.MaxValue, MaxMemoryBytes = long.MaxValue }, clock);
        var watching = watch.UntilExcessAsync(Environment.ProcessId, null, enough.Token);
        try
        {
            for (var looks = 0; watch.Waited < ProcessTree.WaitedOf(Environment.ProcessId) + TimeSpan.FromMilliseconds(200); looks++)
            {
                Assert.True(looks < 1000, $"{watch.Waited} is that of the first thread.");
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            await enough.CancelAsync();
            foreach (var thread in busy) thread.Join();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }
}
