using System.Diagnostics;
using FlickStream.Platform.Media;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Media;

public sealed class StoppingTests : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<SandboxMode> Modes => [SandboxMode.Required, SandboxMode.Off];

    [Theory]
    [InlineData(SandboxMode.Required, false)]
    [InlineData(SandboxMode.Off, false)]
    [InlineData(SandboxMode.Required, true)]
    [InlineData(SandboxMode.Off, true)]
    public async Task Cancelling_lets_ffmpeg_finish_its_file_and_leaves_no_process(SandboxMode mode, bool isPatient)
    {
        var output = _bench.PathOf("cancelled.mp4");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var run = _bench.Endless(output) with { Progress = p => CancelAfterFrames(p, cancel), Niceness = isPatient ? 10 : 0 };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner(mode).RunAsync(run, cancel.Token));

        Assert.Equal(0, MediaBench.Running(_bench.Folder));
        // Only an ffmpeg that was asked politely writes the index of its mp4.
        var probe = await MediaBench.Runner().RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffprobe,
                Arguments = ["-v", "error", .. MediaGuards.InputArguments, "-show_format", output],
                Inputs = [output],
                TimeLimit = MediaBench.Limit,
            },
            Ct);
        Assert.True(probe.Succeeded, probe.ToString());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task What_ignores_the_request_is_killed_with_all_it_started(SandboxMode mode)
    {
        var script = _bench.Script("trap '' INT TERM; sleep 1000 & echo frame=1; echo out_time_us=1; echo progress=continue; sleep 1000; sleep 1000");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var runner = MediaBench.Runner(new() { Sandbox = mode, FfmpegPath = script, StopGrace = TimeSpan.FromMilliseconds(200) });
        var run = _bench.Endless("out.mp4") with { Progress = _ => cancel.Cancel() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(run, cancel.Token));

        Assert.Equal(0, MediaBench.Running(script));
        Assert.Equal(0, MediaBench.Running("sleep\01000"));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_run_over_its_time_limit_ends_as_timed_out(SandboxMode mode)
    {
        var run = _bench.Endless(_bench.PathOf("long.mp4")) with { TimeLimit = TimeSpan.FromMilliseconds(700) };
        var outcome = await Runner(mode).RunAsync(run, Ct);

        Assert.Equal(MediaEnd.TimedOut, outcome.End);
        Assert.False(outcome.Succeeded);
        Assert.Equal(0, MediaBench.Running(_bench.Folder));
    }

    [Theory]
    [InlineData("frame=7", MediaEnd.Stalled, 2)]
    [InlineData("frame=$i", MediaEnd.Exited, 12)]
    // A run that decodes far before its first frame: by the clock it is fifteen minutes.
    [InlineData("frame=$((i>9?i:0))", MediaEnd.Exited, 12, 20)]
    [InlineData("frame=0", MediaEnd.Stalled, 10, 14)]
    public async Task A_run_is_stalled_when_its_progress_stands_still_not_when_it_takes_long(string frame, MediaEnd expected, int blocks, int minutesToFirst = 0)
    {
        // Each block of progress comes 90 seconds after the one before, by the runner's clock.
        var clock = new FakeTimeProvider();
        var script = _bench.Script(
            $"i=0; while [ $i -lt 12 ]; do i=$((i+1)); echo {frame}; echo progress=continue; [ {blocks} -gt $i ] || [ $i -eq 12 ] || sleep 1000; done");
        var runner = MediaBench.Runner(new() { FfmpegPath = script, StallTimeout = TimeSpan.FromMinutes(2) }, clock: clock);
        var told = 0;
        var run = _bench.Endless("out.mp4") with
        {
            TimeLimit = TimeSpan.FromHours(1),
            FirstOutputWithin = minutesToFirst == 0 ? null : TimeSpan.FromMinutes(minutesToFirst),
            Progress = _ =>
            {
                told++;
                clock.Advance(TimeSpan.FromSeconds(90));
            },
        };
        var running = runner.RunAsync(run, Ct);
        while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct)) != running)
        {
            // Once it is stopped, the grace passes by the same clock.
            if (expected == MediaEnd.Stalled && told == blocks) clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(expected, (await running).End);
        Assert.Equal(blocks, told);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_run_that_gets_no_core_is_neither_stalled_nor_out_of_time(SandboxMode mode)
    {
        // Longer than it may be silent and may last, by the clock, and not so much work: beside other tests that took minutes, and a core from them.
        var work = $"exec taskset -c {AnyCore()} bash -c 'while [ $SECONDS -lt 6 ]; do :; done'";

        var outcome = await StarvedAsync(mode, work);

        Assert.Equal((MediaEnd.Exited, 0), (outcome.End, outcome.ExitCode));
    }

    [Theory]
    [InlineData("echo header; sleep 1000", MediaEnd.Stalled)]
    [InlineData("i=0; while [ $i -lt 5 ]; do i=$((i+1)); echo $i; done", MediaEnd.Exited)]
    public async Task A_run_is_stalled_when_its_reader_waits_in_vain_not_when_the_reader_takes_long(string body, MediaEnd expected)
    {
        var clock = new FakeTimeProvider();
        var runner = MediaBench.Runner(new() { FfmpegPath = _bench.Script(body), StallTimeout = TimeSpan.FromMinutes(2) }, clock: clock);
        var isWaiting = false;
        var run = _bench.Endless("out.mp4") with
        {
            TimeLimit = TimeSpan.FromDays(20),
            ReadOutput = async (output, stop) =>
            {
                var buffer = new byte[1];
                while (await output.ReadAsync(buffer, stop) > 0)
                {
                    isWaiting = buffer[0] == '\n';
                    clock.Advance(TimeSpan.FromMinutes(3));
                }
            },
        };
        var running = runner.RunAsync(run, Ct);
        while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct)) != running)
        {
            if (expected == MediaEnd.Stalled && isWaiting) clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(expected, (await running).End);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_run_outlives_the_thread_that_asked_for_it(SandboxMode mode)
    {
        // --die-with-parent and --pdeathsig follow the starting thread, not the process.
        var runner = Runner(mode);
        await runner.PrepareAsync();
        var script = _bench.Script("sleep 0.7; echo alive");
        runner = MediaBench.Runner(new() { Sandbox = mode, FfmpegPath = script });
        Task<MediaOutcome>? running = null;
        var thread = new Thread(() => running = runner.RunAsync(_bench.Endless("out.mp4"), Ct));
        thread.Start();
        thread.Join();

        var outcome = await running!;
        Assert.Equal("alive\n", outcome.Output);
    }

    [Fact]
    public async Task A_run_that_was_cancelled_before_it_began_starts_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => MediaBench.Runner().RunAsync(_bench.Endless(_bench.PathOf("x.mp4")), new CancellationToken(canceled: true)));
        Assert.False(File.Exists(_bench.PathOf("x.mp4")));
    }

    [Fact]
    public async Task What_a_killed_process_left_at_work_in_its_folder_is_ended_and_nothing_else()
    {
        var ffmpeg = Executable.Find("ffmpeg")!;
        var (own, other) = (Directory.CreateDirectory(_bench.PathOf("worker")), Directory.CreateDirectory(_bench.PathOf("worker-2")));
        using var left = Process.Start(ffmpeg, ["-v", "error", "-nostdin", .. _bench.Endless($"{own}/left.mp4").Arguments]);
        using var another = Process.Start(ffmpeg, ["-v", "error", "-nostdin", .. _bench.Endless($"{other}/another.mp4").Arguments]);
        using var reader = Process.Start(new ProcessStartInfo("sh", ["-c", "read line", "reader", $"{own}/left.mp4"]) { RedirectStandardInput = true })!;
        try
        {
            await MediaBench.Runner().EndLeftInAsync(own.FullName, Ct);

            await left.WaitForExitAsync(Ct);
            Assert.Equal((false, false), (another.HasExited, reader.HasExited));
        }
        finally
        {
            foreach (var process in (Process[])[left, another, reader]) process.Kill();
        }
    }

    // Two on one core: the other takes nearly all of it, and the few milliseconds of work last for longer than the limits.
    private async Task<MediaOutcome> StarvedAsync(SandboxMode mode, string work)
    {
        using var other = Process.Start("taskset", ["-c", AnyCore(), "sh", "-c", "while :; do :; done"]);
        try
        {
            var runner = MediaBench.Runner(new() { FfmpegPath = _bench.Script(work), Sandbox = mode, StallTimeout = TimeSpan.FromSeconds(3) });
            return await runner.RunAsync(_bench.Endless("out.mp4") with { TimeLimit = TimeSpan.FromSeconds(4), Niceness = 19, Progress = _ => { } }, Ct);
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync(Ct);
        }
    }

    // Of those that this process may use, as taskset names them.
    internal static string AnyCore() =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1].Split('-', ',')[0];

    private static MediaRunner Runner(SandboxMode mode) =>
        MediaBench.Runner(new() { Sandbox = mode, StopGrace = TimeSpan.FromSeconds(20) });

    private static void CancelAfterFrames(MediaProgress progress, CancellationTokenSource cancel)
    {
        if (progress.Frames > 5) cancel.Cancel();
    }
}
