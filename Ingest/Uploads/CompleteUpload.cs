using System.Collections.Concurrent;
using System.Security.Cryptography;
using FlickStream.Ingest.Assets;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>
/// Makes a master of an upload whose bytes are all there. Every step can be repeated and leaves the document saying what is next, so
/// a kill between any two is healed by running again: verify, complete the blob, insert the asset or offer it the master, mark the upload.
/// </summary>
internal sealed class CompleteUpload(
    AssembleUpload assemble,
    UploadDigests digests,
    IBlobs blobs,
    ReplaceMaster replace,
    IDocuments documents,
    IBus bus,
    TimeProvider time,
    IOptions<UploadOptions> options)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _running = new();

    /// <summary>Does what is left to do, once however many ask. It goes on when the caller's wait is cancelled.</summary>
    public Task RunAsync(string id) =>
        _running.GetOrAdd(id, key => new Lazy<Task>(() => Task.Run(() => SettleAsync(key)))).Value;

    private async Task SettleAsync(string id)
    {
        try
        {
            while (await _uploads.GetAsync(id) is { Value.IsUnsettled: true } upload)
            {
                switch (upload.Value)
                {
                    case { State: UploadState.Assembling }:
                        if (!await assemble.RunAsync(upload)) return;
                        break;
                    case { State: UploadState.Completing, Role: UploadRole.Part }:
                        await KeepPartAsync(upload);
                        break;
                    case { State: UploadState.Completing, Sha256: null }:
                        await VerifyAsync(upload);
                        break;
                    case { State: UploadState.Completing }:
                        await PublishAsync(upload);
                        break;
                    default:
                        await FreeAsync(upload);
                        break;
                }
            }
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    /// <summary>A part becomes a blob of its own: the bytes of an unfinished write cannot be read.</summary>
    private async Task KeepPartAsync(Stored<Upload> part)
    {
        await blobs.CompleteAsync(part.Value.Partial!);
        await _uploads.ReplaceAsync(part.Id, part.Version, part.Value with { State = UploadState.Completed });
    }

    private async Task VerifyAsync(Stored<Upload> upload)
    {
        var value = upload.Value;
        using var digest = digests.Take(upload.Id, value.Offset);
        var sha256 = Convert.ToHexStringLower(digest?.GetCurrentHash() ?? await HashStoredAsync(value.Partial!));
        var isAsDeclared = value.Metadata.Sha256 is null || value.Metadata.Sha256 == sha256;
        await _uploads.ReplaceAsync(upload.Id, upload.Version, isAsDeclared ? value with { Sha256 = sha256 } : value with
        {
            Sha256 = sha256,
            State = UploadState.Refused,
            Problem = ProblemReport.Of(UploadProblems.Sha256Mismatch, $"Declared {value.Metadata.Sha256}, received {sha256}."),
            ExpiresAt = time.GetUtcNow() + options.Value.FinishedLifetime,
        });
    }

    // A blob that nothing names yet is no master; it goes again when it turns out to be another one than was declared.
    private async Task<byte[]> HashStoredAsync(PartialBlob partial)
    {
        var whole = await blobs.CompleteAsync(partial);
        await using var stored = await blobs.OpenReadAsync(whole.Key) ?? throw new IOException($"The blob {whole.Key} went away.");
        return await SHA256.HashDataAsync(stored);
    }

    private async Task PublishAsync(Stored<Upload> upload)
    {
        var value = upload.Value;
        var master = await blobs.CompleteAsync(value.Partial!);
        if (value.Metadata.Replaces is null)
        {
            await InsertAsync(value, master);
        }
        else if (!await replace.OfferAsync(value, master))
        {
            await _uploads.ReplaceAsync(upload.Id, upload.Version, value with
            {
                State = UploadState.Refused,
                Problem = ProblemReport.Of(UploadProblems.ReplacedNotFound),
                ExpiresAt = time.GetUtcNow() + options.Value.FinishedLifetime,
            });
            return;
        }

        await FreePartsAsync(value);
        await _uploads.ReplaceAsync(upload.Id, upload.Version, value with
        {
            State = UploadState.Completed,
            Partial = null,
            ExpiresAt = time.GetUtcNow() + options.Value.FinishedLifetime,
        });
        await bus.PublishAsync(Topics.AssetChanged, value.AssetId);
    }

    private async Task InsertAsync(Upload value, BlobInfo master) =>
        await _assets.InsertAsync(value.Id, new Asset
        {
            Id = value.Id,
            Owner = value.Owner,
            State = AssetState.Inspecting,
            Title = value.Metadata.Title,
            FileName = value.Metadata.FileName,
            SizeBytes = master.Length,
            Sha256 = value.Sha256,
            MasterKey = master.Key,
            Encoding = value.Metadata.Encoding,
            Trace = value.Trace,
            CreatedAt = time.GetUtcNow(),
        });

    private async Task FreeAsync(Stored<Upload> refused)
    {
        await blobs.FreeAsync(refused.Value.Partial!);
        await FreePartsAsync(refused.Value);
        await _uploads.ReplaceAsync(refused.Id, refused.Version, refused.Value with { Partial = null });
    }

    private async Task FreePartsAsync(Upload final)
    {
        foreach (var id in final.Parts)
        {
            if ((await _uploads.GetAsync(id))?.Value.Partial is not { } partial) continue;
            await blobs.FreeAsync(partial);
            await _uploads.UpdateAsync(id, part => part with { Partial = null });
        }
    }
}
