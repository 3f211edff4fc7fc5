using System.Runtime.CompilerServices;

namespace FlickStream.Platform.Blobs.Disk;

/// <summary>
/// Blobs as files: <c>objects/{key}</c> once whole, <c>partial/{key}/{id}</c> while an unfinished write grows, <c>temp/</c> for
/// writes under way, <c>kept/</c> for what is deleted during a back-up. A file enters <c>objects</c> only by a rename of flushed bytes.
/// </summary>
internal sealed class DiskBlobs : IBlobs
{
    private readonly BlobTree _objects;
    private readonly DiskPartials _partials;
    private readonly string _temp;

    public DiskBlobs(string folder)
    {
        _temp = Path.Combine(folder, "temp");
        var objects = Path.Combine(folder, "objects");
        var partial = Path.Combine(folder, "partial");
        foreach (var path in (string[])[_temp, objects, partial]) Directory.CreateDirectory(path);

        // Only a killed process leaves these.
        foreach (var file in Directory.EnumerateFiles(_temp)) File.Delete(file);

        var kept = new KeptBlobs(folder);
        kept.Clear();
        _objects = new BlobTree(objects, kept);
        _partials = new DiskPartials(new BlobTree(partial, kept), _objects);
    }

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken = default)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? new BlobInfo(key, file.Length) : null);
    }

    public Task<Stream?> OpenReadAsync(string key, ByteRange? range = null, CancellationToken cancellationToken = default)
    {
        var (offset, length) = range ?? new ByteRange(0);
        ArgumentOutOfRangeException.ThrowIfNegative(offset, nameof(range));
        ArgumentOutOfRangeException.ThrowIfNegative(length ?? 0, nameof(range));
        var path = PathOf(key);
        try
        {
            var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var rest = Math.Max(0, RandomAccess.GetLength(file) - offset);
            return Task.FromResult<Stream?>(new FileSlice(file, offset, Math.Min(length ?? rest, rest)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return Task.FromResult<Stream?>(null); // A folder of keys is not a key.
        }
    }

    public async Task<bool> WriteAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        if (File.Exists(PathOf(key))) return false;
        var temp = Path.Combine(_temp, Path.GetRandomFileName());
        try
        {
            using (var file = File.OpenHandle(temp, FileMode.CreateNew, FileAccess.Write))
            {
                await DurableFile.WriteAsync(file, 0, content, cancellationToken);
            }

            return _objects.TryPlace(temp, key);
        }
        catch (IOException e) when (DiskFaults.IsFull(e))
        {
            throw DurableFile.Full(e);
        }
        finally
        {
            File.Delete(temp);
        }
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BlobKey.ThrowIfInvalidPrefix(prefix);
        await Task.CompletedTask;
        foreach (var (key, file) in _objects.List(prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Exists) yield return new BlobInfo(key, file.Length);
        }
    }

    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult(_objects.Remove(Checked(key)));

    public string LocalPath(string key) => PathOf(key);

    public Task<PartialBlob> BeginAsync(string key, CancellationToken cancellationToken = default) =>
        Task.FromResult(_partials.Begin(key));

    public Task<PartialBlob> AppendAsync(PartialBlob partial, Stream content, CancellationToken cancellationToken = default) =>
        _partials.AppendAsync(partial, content, cancellationToken);

    public Task<BlobInfo> CompleteAsync(PartialBlob partial, CancellationToken cancellationToken = default) =>
        Task.FromResult(_partials.Complete(partial));

    public Task AbortAsync(PartialBlob partial, CancellationToken cancellationToken = default)
    {
        _partials.Abort(partial);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<AbandonedBlob> ListPartialsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var partial in _partials.List())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return partial;
        }
    }

    private static string Checked(string key)
    {
        BlobKey.ThrowIfInvalid(key);
        return key;
    }

    private string PathOf(string key) => _objects.PathOf(Checked(key));
}
