using System.Buffers;
using FlickStream.Platform.Blobs;
using Microsoft.Win32.SafeHandles;

namespace FlickStream.Platform.Masters;

/// <summary>Fills a file with a master, several ranges side by side: one connection to object storage is slower than a disk.</summary>
internal sealed class MasterFetch(IBlobs blobs, MasterOptions options)
{
    private const int BufferSize = 256 << 10;

    /// <exception cref="BlobStorageFullException">The disk is full.</exception>
    public async Task RunAsync(BlobInfo master, string path, CancellationToken cancellationToken)
    {
        await Task.Yield(); // The caller holds a lock.
        var isWhole = false;
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            await Parallel.ForEachAsync(
                RangesOf(master.Length),
                new ParallelOptions { MaxDegreeOfParallelism = options.ParallelRanges, CancellationToken = cancellationToken },
                async (range, stop) => await FetchAsync(master.Key, range, file, stop));
            isWhole = true;
        }
        catch (IOException fault) when (DiskFaults.IsFull(fault))
        {
            throw new BlobStorageFullException("The disk that holds copies of masters (Platform:Masters:Folder) is full.", fault);
        }
        finally
        {
            if (!isWhole) File.Delete(path);
        }
    }

    private IEnumerable<ByteRange> RangesOf(long length)
    {
        for (var offset = 0L; offset < length; offset += options.RangeBytes)
            yield return new ByteRange(offset, Math.Min(options.RangeBytes, length - offset));
    }

    private async ValueTask FetchAsync(string key, ByteRange range, SafeFileHandle file, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenReadAsync(key, range, cancellationToken)
            ?? throw new IOException($"The master {key} went away while it was fetched.");
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var at = range.Offset;
            while (await content.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), at, cancellationToken);
                at += read;
            }

            if (at != range.Offset + range.Length) throw new IOException($"The master {key} is shorter than it was.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
