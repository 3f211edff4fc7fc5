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
    public Task A_wait_counts_before_it_has_ended() => CountsMoreThanTheKernelAsync(
        // Among twenty others this one waits for seconds between two of its turns.
        ["nice", "-n", "19", "sh", "-c", "while :; do :; done"],
        "what has ended");

    [Fact]
    public Task What_one_process_waited_counts_beside_what_the_next_one_waits() => CountsMoreThanTheKernelAsync(
        ["sh", "-c", "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; sh -c 'while :; do :; done'; :"],
        "of the one that waited longest");

    // Than it has added of any thread.
    private static async Task CountsMoreThanTheKernelAsync(string[] command, string otherwise)
    {
        List<Process> all = [.. Enumerable.Range(0, 20).Select(_ => OnOneCore("sh", "-c", "while :; do :; done")), OnOneCore(command)];
        using var enough = new CancellationTokenSource();
        var (watch, watched) = (new RunWatch(new(), TimeProvider.System), all[^1].Id);
        var watching = watch.UntilExcessAsync(watched, null, enough.Token);
        try
        {
            for (var looks = 0; watch.Waited < AddedOf(watched) + TimeSpan.FromMilliseconds(500); looks++)
            {
                Assert.True(looks < 3000, $"{watch.Waited} is {otherwise}.");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            await enough.CancelAsync();
            foreach (var process in all)
            {
                process.Kill(entireProcessTree: true);
                process.Dispose();
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    private static TimeSpan AddedOf(int process) =>
        ProcessTree.Descendants(process).Prepend(process).SelectMany(ProcessTree.ThreadsOf).Max(thread => ProcessTree.CoreTimeOf(thread).Waited);

    private static Process OnOneCore(params string[] command) => Process.Start("taskset", ["-c", StoppingTests.AnyCore(), .. command]);
}
