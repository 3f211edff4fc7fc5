using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>At the start and every <see cref="UploadOptions.SweepInterval"/>: finishes what a stop interrupted, removes what expired,
/// frees bytes that no upload names.</summary>
internal sealed class UploadSweep(
    CompleteUpload complete,
    TerminateUpload terminate,
    UploadWriters writers,
    UploadDigests digests,
    IBlobs blobs,
    IDocuments documents,
    TimeProvider time,
    IOptions<UploadOptions> options,
    ILogger<UploadSweep> log) : BackgroundService
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        await RemoveExpiredAsync(cancellationToken);
        await FreeAbandonedAsync(cancellationToken);
        digests.DropIdle();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The next sweep tries again; ending here would leave interrupted uploads unfinished until a restart.
                log.LogError(fault, "The sweep of uploads failed.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var unsettled = new DocumentQuery { Filters = [DocumentFilter.Equal("unsettled", true)] };
        await foreach (var upload in _uploads.QueryAllAsync(unsettled, cancellationToken))
        {
            try
            {
                await complete.RunAsync(upload.Id).WaitAsync(cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // One upload that cannot be finished must not keep the others from being.
                log.LogError(fault, "Upload {Upload} could not be finished.", upload.Id);
            }
        }
    }

    private async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var expired = new DocumentQuery { Filters = [DocumentFilter.AtMost("expires", time.GetUtcNow())] };
        await foreach (var upload in _uploads.QueryAllAsync(expired, cancellationToken))
        {
            if (!await IsInUseAsync(upload.Value, cancellationToken)) await terminate.RemoveAsync(upload);
        }
    }

    private async Task<bool> IsInUseAsync(Upload upload, CancellationToken cancellationToken) =>
        upload.IsUnsettled || writers.IsWriting(upload.Id)
        || (upload.FinalId is { } final && await _uploads.GetAsync(final, cancellationToken) is { Value.IsUnsettled: true });

    private async Task FreeAbandonedAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.AbandonedAfter;
        await foreach (var (partial, changedAt) in blobs.ListPartialsAsync(cancellationToken))
        {
            // Uploads alone go on with an unfinished write; all others are of a process that was killed.
            if (changedAt > before) continue;
            var upload = partial.Key.StartsWith(Upload.MasterFolder, StringComparison.Ordinal)
                ? await _uploads.GetAsync(partial.Key[Upload.MasterFolder.Length..], cancellationToken) : null;
            if (upload?.Value.Partial?.Id != partial.Id) await blobs.AbortAsync(partial, cancellationToken);
        }
    }
}
