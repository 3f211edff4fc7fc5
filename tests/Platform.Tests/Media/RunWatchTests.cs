using System.Diagnostics;
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
            for (var looks = 0; watch.Waited < ProcessTree.CoreTimeOf(Environment.ProcessId).Waited + TimeSpan.FromMilliseconds(200); looks++)
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

    [Fact]
    public async Task A_wait_counts_before_it_has_ended()
    {
        // Twenty on its core make the one that gives way to all wait for seconds between two of its turns.
        List<Process> all = [.. Enumerable.Range(0, 20).Select(_ => Busy()), Busy("nice", "-n", "19")];
        using var enough = new CancellationTokenSource();
        var watch = new RunWatch(new(), TimeProvider.System);
        var watching = watch.UntilExcessAsync(all[^1].Id, null, enough.Token);
        try
        {
            for (var looks = 0; watch.Waited < ProcessTree.CoreTimeOf(all[^1].Id).Waited + TimeSpan.FromMilliseconds(300); looks++)
            {
                Assert.True(looks < 3000, $"{watch.Waited} is what the kernel has added already.");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            await enough.CancelAsync();
            foreach (var process in all)
            {
                process.Kill();
                process.Dispose();
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    private static Process Busy(params string[] before) =>
        Process.Start("taskset", ["-c", StoppingTests.AnyCore(), .. before, "sh", "-c", "while :; do :; done"]);
}
