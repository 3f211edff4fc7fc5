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

    // Of its threads, that which waited longest for a core, by the last look; and since when it has shown the same.
    private volatile Sight _seen = new(0, default, 0);

    /// <summary>How long the run has waited for a core since it began.</summary>
    public TimeSpan Waited
    {
        get
        {
            var seen = _seen;
            var time = ProcessTree.CoreTimeOf(seen.Thread);
            // The kernel adds a wait when it has ended.
            var isWaiting = time == seen.Time && ProcessTree.WantsCore(seen.Thread);
            return isWaiting ? time.Waited + clock.GetElapsedTime(seen.Since) : time.Waited;
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
        var (tasks, bytes, longest) = (0, 0L, (Thread: 0, Time: default(CoreTime)));
        foreach (var id in ProcessTree.Descendants(process).Prepend(process))
        {
            tasks += ProcessTree.TasksOf(id);
            bytes += ProcessTree.ResidentBytesOf(id);
            foreach (var thread in ProcessTree.ThreadsOf(id))
                if (ProcessTree.CoreTimeOf(thread) is var time && time.Waited > longest.Time.Waited) longest = (thread, time);
        }

        if (longest != (_seen.Thread, _seen.Time)) _seen = new(longest.Thread, longest.Time, clock.GetTimestamp());

        return tasks > options.MaxProcesses || bytes > options.MaxMemoryBytes;
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

    private sealed record Sight(int Thread, CoreTime Time, long Since);
}
