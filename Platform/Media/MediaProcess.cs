using System.Collections.Concurrent;
using System.Diagnostics;

namespace FlickStream.Platform.Media;

/// <summary>One started process and all it started: it is asked to stop, then killed, and always waited for.</summary>
internal sealed class MediaProcess : IDisposable
{
    private readonly Process _process;

    private MediaProcess(Process process)
    {
        _process = process;
        Exited = process.WaitForExitAsync(CancellationToken.None);
    }

    public Task Exited { get; }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Errors => _process.StandardError.BaseStream;

#pragma warning disable RS0030 // This is the place that all others are sent to.
    public static Task<MediaProcess> StartAsync(LaunchCommand command) => LauncherThread.RunAsync(() =>
    {
        var start = new ProcessStartInfo(command.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command.Arguments) start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment) start.Environment.Add(name, value);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command.Program} did not start.");
        process.StandardInput.Close();
        return new MediaProcess(process);
    });
#pragma warning restore RS0030

    /// <summary>Asks by SIGINT, waits for the grace, kills. Returns when nothing of it is left.</summary>
    public async Task StopAsync(TimeSpan grace, TimeProvider clock)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Whoever dies of the signal leaves its children to be adopted by others.
            var started = ProcessTree.Descendants(_process.Id).Select(id => (Id: id, Arguments: ProcessTree.ArgumentsOf(id))).ToList();

            // bubblewrap would die of the signal and take ffmpeg with it, so the signal goes to what it runs.
            if (!Exited.IsCompleted) ProcessTree.Signal(ProcessTree.Worker(_process.Id), ProcessTree.Interrupt);
            if (await ExitsWithinAsync(grace, clock))
            {
                foreach (var (id, arguments) in started)
                    if (ProcessTree.ArgumentsOf(id).SequenceEqual(arguments)) ProcessTree.Signal(id, ProcessTree.Kill);
                return;
            }

            // Children first: with the sandbox's first process the kernel ends all others, and bubblewrap, which waits for it,
            // reaps it. Killed first, bubblewrap would leave them to whoever adopts orphans.
            foreach (var child in ProcessTree.Descendants(_process.Id)) ProcessTree.Signal(child, ProcessTree.Kill);
            if (ProcessTree.IsLauncher(_process.Id) && await ExitsWithinAsync(TimeSpan.FromSeconds(1), clock)) return;
        }

        if (!Exited.IsCompleted) _process.Kill(entireProcessTree: true);
        await Exited;
    }

    public void Dispose() => _process.Dispose();

    private async Task<bool> ExitsWithinAsync(TimeSpan time, TimeProvider clock)
    {
        try
        {
            await Exited.WaitAsync(time, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // Linux kills a child with --die-with-parent when the *thread* that started it ends, and pool threads end when they idle.
    private static class LauncherThread
    {
        private static readonly BlockingCollection<Action> Work = Start();

        public static Task<T> RunAsync<T>(Func<T> work)
        {
            var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            Work.Add(() =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            });
            return done.Task;
        }

        private static BlockingCollection<Action> Start()
        {
            var queue = new BlockingCollection<Action>();
            new Thread(() =>
            {
                foreach (var action in queue.GetConsumingEnumerable()) action();
            })
            { IsBackground = true, Name = "media launcher" }.Start();
            return queue;
        }
    }
}
