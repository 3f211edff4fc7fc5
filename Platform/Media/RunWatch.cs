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

    // Of each thread of the run, what it had and lacked of the cores by the last look.
    private Dictionary<int, Sight> _threads = [];

    // That which had waited longest.
    private volatile Sight _longest = new(0, default, 0);

    /// <summary>How long the run has waited for a core since it began.</summary>
    public TimeSpan Waited
    {
        get
        {
            var longest = _longest;
            return WaitedBy(longest, ProcessTree.CoreTimeOf(longest.Thread));
        }
    }

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
        var (tasks, bytes, threads, now) = (0, 0L, new Dictionary<int, Sight>(), clock.GetTimestamp());
        foreach (var id in ProcessTree.Descendants(process).Prepend(process))
        {
            tasks += ProcessTree.TasksOf(id);
            bytes += ProcessTree.ResidentBytesOf(id);
            foreach (var thread in ProcessTree.ThreadsOf(id))
            {
                var time = ProcessTree.CoreTimeOf(thread);
                threads[thread] = _threads.TryGetValue(thread, out var before) && before.Time == time ? before : new(thread, time, now);
            }
        }

        _threads = threads;
        if (threads.Values.MaxBy(sight => WaitedBy(sight, sight.Time)) is { } longest) _longest = longest;
        return tasks > options.MaxProcesses || bytes > options.MaxMemoryBytes;
    }

    // The kernel adds a wait when it has ended: one that goes on is that of a thread which would run and has not since it was first seen so.
    private TimeSpan WaitedBy(Sight sight, CoreTime time) =>
        time.Waited + (time == sight.Time && ProcessTree.WantsCore(sight.Thread) ? clock.GetElapsedTime(sight.Since) : TimeSpan.Zero);

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

    /// <param name="Since">When it was first seen to have had just so much.</param>
    private sealed record Sight(int Thread, CoreTime Time, long Since);
}
