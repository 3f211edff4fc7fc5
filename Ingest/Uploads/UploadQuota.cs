using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Masters;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>Admits uploads one after another, so that parallel ones cannot share the last free byte of a quota. Those that come to another
/// process in the same moment can.</summary>
internal sealed class UploadQuota(
    IDocuments documents, StorageSpace space, MasterFiles masters, IOptions<UploadOptions> options) : IDisposable
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Bytes of the largest upload.</summary>
    public long Largest => Math.Min(options.Value.MaxUploadBytes, masters.LargestBytes);

    /// <summary>What forbids an upload of this size whatever else is stored.</summary>
    public Problem? RefusalOf(long length) =>
        length > Largest ? UploadProblems.TooLarge : length > space.Room ? UploadProblems.StorageFull : null;

    /// <summary>Runs <paramref name="write"/>, which makes the upload count, when there is room for <paramref name="bytes"/> more.</summary>
    public async Task<Problem?> AdmitAsync(long bytes, Func<Task<Problem?>> write, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return bytes > await RoomAsync(cancellationToken) ? UploadProblems.QuotaExceeded : await write();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>What an upload of unknown length may still bring, and the refusal of more.</summary>
    public async Task<(long Bytes, Problem Excess)> LimitAsync(long offset, CancellationToken cancellationToken)
    {
        var (size, room) = (Largest - offset, Math.Max(0, await RoomAsync(cancellationToken)));
        return size <= room ? (size, UploadProblems.TooLarge) : (room, UploadProblems.QuotaExceeded);
    }

    public void Dispose() => _one.Dispose();

    private async Task<long> RoomAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { StoredBytesQuota: null, UnfinishedBytesQuota: null }) return long.MaxValue;

        var held = await SumAsync(_uploads, [DocumentFilter.Equal("held", true)], u => u.HeldBytes, cancellationToken);
        var room = (options.Value.UnfinishedBytesQuota ?? long.MaxValue) - held;
        if (options.Value.StoredBytesQuota is not { } stored) return room;
        return Math.Min(room, stored - held - await SumAsync(_assets, [], StoredBytes, cancellationToken));
    }

    private static long StoredBytes(Asset asset) =>
        asset.SizeBytes + (asset.Replacement is { State: ReplacementState.Inspecting } offered ? offered.SizeBytes : 0);

    private static async Task<long> SumAsync<T>(
        IDocumentSet<T> set, IReadOnlyList<DocumentFilter> filters, Func<T, long> bytes, CancellationToken cancellationToken)
        where T : class
    {
        var sum = 0L;
        var all = new DocumentQuery { Filters = filters, Limit = 1000 };
        await foreach (var found in set.QueryAllAsync(all, cancellationToken)) sum += bytes(found.Value);
        return sum;
    }
}
