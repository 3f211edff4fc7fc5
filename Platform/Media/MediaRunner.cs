using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Media;

/// <summary>
/// Runs ffmpeg and ffprobe: every run of the system goes through here, so that every master is opened in the sandbox and
/// nothing that was started is left behind.
/// </summary>
public sealed class MediaRunner(IOptions<MediaOptions> options, TimeProvider clock, ILogger<MediaRunner> logger)
{
    private const int MaxKeptOutput = 16 << 20;

    // Of a reader that may be storing what it got.
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);

    private readonly Lazy<Task<Sandbox>> _sandbox = new(() => PrepareAsync(options.Value, clock, logger));

    /// <summary>Finds out which sandbox this machine can offer, once, and warns or throws when it is not the one asked for.</summary>
    public Task PrepareAsync() => _sandbox.Value;

    /// <summary>
    /// Runs to the end. A failing, stalled or overlong process is an outcome; cancellation throws
    /// <see cref="OperationCanceledException"/>, and what <see cref="MediaRun.ReadOutput"/> throws is passed on, both after the
    /// process is gone.
    /// </summary>
    public async Task<MediaOutcome> RunAsync(MediaRun run, CancellationToken ct)
    {
        MediaGuards.Require(run);
        if (run is { ReadOutput: not null, Progress: not null })
        {
            throw new ArgumentException("Standard output carries either media or progress.", nameof(run));
        }

        ct.ThrowIfCancellationRequested();
        var sandbox = await _sandbox.Value;
        var arguments = ArgumentsOf(run);
        var command = sandbox.Wrap(PathOf(run.Tool), arguments, run);
        var watch = new RunWatch(options.Value, clock);
        using var time = new FairTimer(clock, () => watch.Waited);
        using var stall = new FairTimer(clock, () => watch.Waited);
        using var excess = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Over, stall.Over, excess.Token);
        time.Give(run.TimeLimit);
        using var process = await MediaProcess.StartAsync(command);
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(watch.UntilExcessAsync(process.Id, run.OutputFolder, over.Token), excess);

        var tail = new ErrorTail(run.ErrorBytes);
        var errors = tail.FillAsync(process.Errors);
        var output = ReadOutputAsync(run, process.Output, stall, stop.Token);
        var finished = Task.WhenAll(output, errors, process.Exited);
        var ended = await EndsAsync(finished, output, stop.Token);
        if (!finished.IsCompleted) await process.StopAsync(options.Value.StopGrace, clock);
        await process.Exited;
        await WaitAsync(errors, options.Value.StopGrace);
        await WaitAsync(output, LongestReading);
        await over.CancelAsync();
        await watching;
        if (!ended) ct.ThrowIfCancellationRequested();

        var isTooMuch = excess.IsCancellationRequested || watch.IsTooFull(run.OutputFolder);
        return new MediaOutcome(
            process.ExitCode,
            isTooMuch ? MediaEnd.Outgrown : ended ? MediaEnd.Exited : time.Over.IsCancellationRequested ? MediaEnd.TimedOut : MediaEnd.Stalled,
            // A reader's failure is its caller's to see, but not when it is only the echo of our stopping the process.
            ended ? await output : "",
            tail.Text([.. run.Inputs, .. run.OutputFolder is { } folder ? [folder] : Array.Empty<string>()]),
            ShellLine(run.Tool, arguments));
    }

    /// <summary>Kills the runs that a killed process of ours left at work in a folder of its own.</summary>
    public Task EndLeftInAsync(string folder, CancellationToken ct) =>
        LeftRuns.EndAsync(PathOf(MediaTool.Ffmpeg), Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), ct);

    private static async Task<Sandbox> PrepareAsync(MediaOptions options, TimeProvider clock, ILogger logger)
    {
        var sandbox = await SandboxProbe.FindAsync(options, clock, logger, Executable.Find);
        if (sandbox.Bubblewrap is null) ServiceMemory.Hide();
        return sandbox;
    }

    private string PathOf(MediaTool tool)
    {
        var program = tool == MediaTool.Ffmpeg ? options.Value.FfmpegPath : options.Value.FfprobePath;
        return Executable.Find(program) ?? program;
    }

    private List<string> ArgumentsOf(MediaRun run)
    {
        List<string> arguments = ["-hide_banner", "-max_alloc", options.Value.MaxAllocationBytes.ToString(CultureInfo.InvariantCulture)];
        if (run.Tool == MediaTool.Ffmpeg) arguments.AddRange(["-nostdin", "-nostats"]);
        if (run.Progress is not null) arguments.AddRange(["-progress", "pipe:1"]);
        arguments.AddRange(run.Arguments);
        return arguments;
    }

    private async Task<string> ReadOutputAsync(MediaRun run, Stream output, FairTimer stall, CancellationToken ct)
    {
        if (run.Progress is { } progress)
        {
            var last = new MediaProgress(0, TimeSpan.Zero, null);
            stall.Give(PatienceOf(run));
            await ProgressReader.ReadAsync(output, now =>
            {
                if (now.Frames != last.Frames || now.OutTime != last.OutTime) stall.Give(options.Value.StallTimeout);
                progress(last = now);
            });
            return "";
        }

        if (run.ReadOutput is { } read)
        {
            var patience = PatienceOf(run);
            await read(new AwaitedOutput(output, waits: () => stall.Give(patience), got: Got), ct);
            await output.CopyToAsync(Stream.Null, CancellationToken.None);
            return "";

            void Got()
            {
                stall.Give(Timeout.InfiniteTimeSpan);
                patience = options.Value.StallTimeout;
            }
        }

        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await output.ReadAsync(buffer, CancellationToken.None) is var count and > 0)
        {
            kept.Write(buffer, 0, Math.Min(count, MaxKeptOutput - (int)kept.Length));
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    private TimeSpan PatienceOf(MediaRun run) =>
        run.FirstOutputWithin is { } first && first > options.Value.StallTimeout ? first : options.Value.StallTimeout;

    // What got away from its parent may hold our pipes open for ever.
    private async Task WaitAsync(Task reading, TimeSpan time)
    {
        using var waiting = new CancellationTokenSource();
        await Task.WhenAny(reading, Task.Delay(time, clock, waiting.Token));
        await waiting.CancelAsync();
    }

    private static async Task WatchAsync(Task excess, CancellationTokenSource told)
    {
        await excess.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (excess.IsFaulted) await excess;
        if (excess.IsCompletedSuccessfully) await told.CancelAsync();
    }

    // True when the process ended or its reader failed; false when it must be stopped. A reader that fails leaves ffmpeg blocked
    // on a full pipe, so it ends the run as well; one that comes to the end waits for the process, which may still write its file.
    private static async Task<bool> EndsAsync(Task finished, Task output, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => stopped.TrySetResult());
        await Task.WhenAny(output, stopped.Task);
        if (output.IsCompletedSuccessfully) await Task.WhenAny(finished, stopped.Task);
        return finished.IsCompletedSuccessfully || !stop.IsCancellationRequested;
    }

    private static string ShellLine(MediaTool tool, IEnumerable<string> arguments) =>
        string.Join(' ', arguments.Prepend(tool == MediaTool.Ffmpeg ? "ffmpeg" : "ffprobe").Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+%@".Contains(c, StringComparison.Ordinal))
            ? argument : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
