using FlickStream.Platform.Blobs;

namespace FlickStream.Platform.Masters;

/// <summary>
/// Copies by key: each is fetched once however many ask, pinned while it is in use, and makes room, the longest unused first,
/// when another needs it or when nobody has used it for a while.
/// </summary>
internal sealed class MasterCopies : IDisposable
{
    private readonly MasterFetch _fetch;
    private readonly MasterOptions _options;
    private readonly TimeProvider _time;
    private readonly MasterFolder _folder;
    private readonly ITimer _idle;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Copy> _copies = [];

    public MasterCopies(IBlobs blobs, MasterOptions options, string folder, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _fetch = new MasterFetch(blobs, options);
        _folder = new MasterFolder(Path.GetFullPath(options.Folder ?? folder));
        _idle = time.CreateTimer(_ => DropIdle(), null, options.KeepFor, options.KeepFor / 4);
    }

    /// <summary>Bytes of the largest master that a copy can be had of.</summary>
    public long LargestBytes => _options.MaxBytes;

    public async Task<MasterFile> OpenAsync(BlobInfo master, CancellationToken cancellationToken)
    {
        var copy = Pin(master);
        var isOpen = false;
        try
        {
            await copy.Fetched.WaitAsync(cancellationToken);
            isOpen = true;
            return new MasterFile(copy.Path, () => Unpin(copy));
        }
        finally
        {
            if (!isOpen) Unpin(copy);
        }
    }

    public void Dispose()
    {
        _idle.Dispose();
        lock (_lock)
        {
            foreach (var copy in _copies.Values.ToList()) Drop(copy);
        }

        _folder.Dispose();
    }

    private Copy Pin(BlobInfo master)
    {
        lock (_lock)
        {
            if (!_copies.TryGetValue(master.Key, out var copy))
            {
                MakeRoom(master.Length);
                copy = new Copy(master, _folder.NewFile());
                copy.Fetched = _fetch.RunAsync(master, copy.Path, copy.Abandoned.Token);
                _copies.Add(master.Key, copy);
            }

            copy.Pins++;
            return copy;
        }
    }

    private void Unpin(Copy copy)
    {
        lock (_lock)
        {
            copy.UnusedSince = _time.GetTimestamp();
            if (--copy.Pins == 0 && !copy.Fetched.IsCompletedSuccessfully) Drop(copy);
        }
    }

    private void MakeRoom(long bytes)
    {
        var unused = new Queue<Copy>(_copies.Values.Where(copy => copy.Pins == 0).OrderBy(copy => copy.UnusedSince));
        while (!Fits(bytes))
        {
            // For one that never fits the others need not go.
            if (bytes > LargestBytes || !unused.TryDequeue(out var copy))
            {
                throw new BlobStorageFullException(
                    "There is no room for a copy of the master: Platform:Masters:MaxBytes or the disk does not allow more.");
            }

            Drop(copy);
        }
    }

    // Copies on their way have not taken all of their bytes from the disk yet.
    private bool Fits(long bytes) => _copies.Values.Sum(copy => copy.Length) + bytes <= _options.MaxBytes
        && new DriveInfo(_folder.Name).AvailableFreeSpace - _copies.Values.Sum(copy => copy.Missing) - bytes >= _options.MinimumFreeBytes;

    private void DropIdle()
    {
        lock (_lock)
        {
            foreach (var copy in _copies.Values.Where(IsIdle).ToList()) Drop(copy);
        }
    }

    private bool IsIdle(Copy copy) => copy.Pins == 0 && _time.GetElapsedTime(copy.UnusedSince) >= _options.KeepFor;

    private void Drop(Copy copy)
    {
        copy.Abandoned.Cancel();
        File.Delete(copy.Path);
        _copies.Remove(copy.Key);
    }

    private sealed class Copy(BlobInfo master, string path)
    {
        public string Key => master.Key;

        public long Length => master.Length;

        public string Path => path;

        public CancellationTokenSource Abandoned { get; } = new();

        public Task Fetched { get; set; } = Task.CompletedTask;

        public long Missing => Fetched.IsCompleted ? 0 : Length;

        public int Pins { get; set; }

        public long UnusedSince { get; set; }
    }
}
