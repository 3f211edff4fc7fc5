using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FlickStream.Platform.Blobs.Disk;

/// <summary>Bytes and directory entries that are on the disk when the call returns.</summary>
internal static class DurableFile
{
    // Large enough that a fast upload is written in few calls, small enough that a thousand uploads at once stay cheap.
    private const int BufferSize = 256 * 1024;

    /// <summary>Copies <paramref name="content"/> to <paramref name="offset"/> and onward; returns where it ends.</summary>
    /// <exception cref="BlobStorageFullException">The disk or the quota is full.</exception>
    public static async Task<long> WriteAsync(SafeFileHandle file, long offset, Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            do
            {
                read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
                await GuardAsync(RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), offset, cancellationToken));
                offset += read;
            }
            while (read == buffer.Length);

            Flush(file);
            return offset;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static void Flush(SafeFileHandle file)
    {
        try
        {
            RandomAccess.FlushToDisk(file);
        }
        catch (IOException e) when (DiskFaults.IsFull(e))
        {
            throw Full(e);
        }
    }

    /// <summary>Makes the folder's entries durable: a created or renamed file may otherwise be gone after a power cut.</summary>
    public static void FlushFolder(string folder) => Flush(folder, FSync);

    /// <summary>Makes all durable that the folder's file system holds, which for many files is far quicker than one by one.</summary>
    public static void FlushFileSystem(string folder) => Flush(folder, SyncFs);

    private static void Flush(string folder, Func<int, int> flush)
    {
        if (OperatingSystem.IsWindows()) return; // NTFS journals its directories and offers no such call.
        var descriptor = Open(folder, 0);
        if (descriptor < 0) throw Failure(folder);
        try
        {
            if (flush(descriptor) != 0) throw Failure(folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    public static BlobStorageFullException Full(IOException e) => new("The disk that holds the data folder is full.", e);

    private static async ValueTask GuardAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (IOException e) when (DiskFaults.IsFull(e))
        {
            throw Full(e);
        }
    }

    private static IOException Failure(string folder)
    {
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"The folder {folder} could not be flushed: {error.Message}", error);
    }

    // .NET opens no directories; there is no managed way to flush one.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncFs(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
