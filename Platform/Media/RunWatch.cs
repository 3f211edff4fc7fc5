namespace FlickStream.Platform.Media;

/// <summary>Looks at what the kernel bounds for each file and each process alone, or not at all outside bubblewrap: the files of a run
/// together, its processes, and their memory together; and how long it had to wait.</summary>
internal sealed class RunWatch(MediaOptions options, TimeProvider clock)
{
    // Between two looks a run may go over by what a disk takes in this time.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A run writes a file a rung and a sheet a segment. More would also make each look long.
    private const int MaxFiles = 10_000;

    private static readonly EnumerationOptions WithoutLinks =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true, MaxRecursionDepth = 16 };

    private Dictionary<int, Sight> _threads = [];
    private long _lookedAt = clock.GetTimestamp();
    private long _waitedTicks;

    /// <summary>How long some thread of the run waited for a core since it began, by the last look.</summary>
    public TimeSpan Waited => new(Interlocked.Read(ref _waitedTicks));

    /// <summary>Returns when the run has more than it may; else when it is cancelled.</summary>
    public async Task UntilExcessAsync(int process, string? folder, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await timer.WaitForNextTickAsync(ct);
        }
        while (!HasTooMuch(process) && !IsTooFull(folder));
    }

    public bool IsTooFull(string? folder)
    {
        var (files, bytes) = (0, 0L);
        try
        {
            foreach (var entry in folder is null ? [] : new DirectoryInfo(folder).EnumerateFileSystemInfos("*", WithoutLinks))
            {
                files++;
                if (entry is FileInfo file) bytes += LengthOf(file);
                if (files > MaxFiles || bytes > options.MaxOutputBytes) return true;
            }
        }
        catch (DirectoryNotFoundException)
        {
            // Work that was given up is removed while its run ends.
        }

        return false;
    }

    private bool HasTooMuch(int process)
    {
        var (tasks, bytes, threads) = (0, 0L, new Dictionary<int, Sight>());
        var (now, most) = (clock.GetTimestamp(), TimeSpan.Zero);
        var passed = clock.GetElapsedTime(_lookedAt, now);
        foreach (var id in ProcessTree.Descendants(process).Prepend(process))
        {
            tasks += ProcessTree.TasksOf(id);
            bytes += ProcessTree.ResidentBytesOf(id);
            foreach (var thread in ProcessTree.ThreadsOf(id))
            {
                var before = _threads.GetValueOrDefault(thread);
                var sight = threads[thread] = SightOf(thread, before, passed);
                if (sight.Waited - before.Waited is var gained && gained > most) most = gained;
            }
        }

        (_threads, _lookedAt) = (threads, now);
        // Threads wait side by side, and one after the other: what the longest of these waits was since the last look is the run's.
        Interlocked.Add(ref _waitedTicks, most.Ticks);
        return tasks > options.MaxProcesses || bytes > options.MaxMemoryBytes;
    }

    // The kernel adds a wait when it has ended: until then such a thread would run, and has neither run nor waited.
    private static Sight SightOf(int thread, Sight before, TimeSpan passed)
    {
        var time = ProcessTree.CoreTimeOf(thread);
        if (time == before.Time && ProcessTree.WantsCore(thread)) return before with { Waited = before.Waited + passed };
        return new(time, time.Waited > before.Waited ? time.Waited : before.Waited);
    }

    // A file may be gone since it was listed.
    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    /// <summary>What a look saw of a thread.</summary>
    /// <param name="Waited">With the wait that goes on.</param>
    private readonly record struct Sight(CoreTime Time, TimeSpan Waited);
}
