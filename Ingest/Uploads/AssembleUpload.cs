using System.IO.Pipelines;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Uploads;

/// <summary>Copies the bytes of the parts into their final upload the way a client's bytes come: durable and counted slice by slice,
/// so that an interrupted copy goes on where it was.</summary>
internal sealed class AssembleUpload(UploadWriters writers, ReceiveUpload receive, IBlobs blobs, IDocuments documents)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    /// <summary>True when the upload moved on; false when another has it in hand or storage is full, for the sweep to try again.</summary>
    public async Task<bool> RunAsync(Stored<Upload> final)
    {
        await using var writer = await writers.EnterAsync(final.Id, force: false, CancellationToken.None);
        if (writer is null) return false;

        var before = 0L;
        foreach (var id in final.Value.Parts)
        {
            if ((await _uploads.GetAsync(id))?.Value is not { } part) return false;
            if (final.Value.Offset < before + part.Offset)
            {
                if (part.Partial is null) return false;
                var received = await CopyAsync(final, part.Partial, final.Value.Offset - before, writer);
                if (received.Problem is not null) return false;
                final = received.Upload;
            }

            before += part.Offset;
        }

        // Parts without a byte bring nothing that would move the state on.
        return final.Value.State is not UploadState.Assembling
            || await _uploads.ReplaceAsync(final.Id, final.Version, final.Value with { State = UploadState.Completing }) is not null;
    }

    private async Task<Received> CopyAsync(Stored<Upload> final, PartialBlob part, long skip, UploadWriter writer)
    {
        await using var bytes = await blobs.OpenReadAsync(part.Key, new ByteRange(skip))
            ?? throw new IOException($"The part {part.Key} is gone.");
        var reader = PipeReader.Create(bytes, new StreamPipeReaderOptions(bufferSize: 256 << 10));
        var received = await receive.RunAsync(final, reader, checksum: null, (part.Length - skip, UploadProblems.LengthExceeded), writer);
        await reader.CompleteAsync();
        return received;
    }
}
