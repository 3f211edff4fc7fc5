using FlickStream.Ingest.Assets;
using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Telemetry;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Uploads;

/// <summary>POST with <c>Upload-Concat: final;…</c>: makes one upload of finished parts. Each part goes into one final upload only;
/// asking again for the same one, after a lost answer, finds it.</summary>
internal sealed class ConcatenateUploads(
    CompleteUpload complete,
    ReplaceMaster replace,
    UploadQuota quota,
    IBlobs blobs,
    IDocuments documents,
    TimeProvider time,
    IOptions<UploadOptions> options)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public async Task<(Upload? Upload, Problem? Problem)> RunAsync(string concat, HttpContext http)
    {
        if (ReadParts(concat, http.Request) is not { } parts) return (null, UploadProblems.ConcatInvalid);
        if (http.Request.Headers.ContainsKey(Tus.LengthHeader)) return (null, UploadProblems.LengthInvalid);
        if (UploadMetadata.TryParse(http.Request.Headers[Tus.MetadataHeader], out var fault) is not { } metadata)
            return (null, UploadProblems.MetadataInvalid with { Sentence = $"{UploadProblems.MetadataInvalid.Sentence} {fault}" });

        if (await replace.RefusalOfAsync(metadata, Caller.Of(http), http.RequestAborted) is { } refusal) return (null, refusal);
        var (caller, id) = (Caller.Of(http), UploadId.OfParts(parts));
        var existing = await _uploads.GetAsync(id, http.RequestAborted);
        if (existing is null)
        {
            var (length, problem) = await ClaimAsync(parts, id, caller, http.RequestAborted);
            if (problem is not null) return (null, problem);
            await InsertAsync(id, parts, length, metadata, caller);
        }
        else if (!caller.MaySee(existing.Value.Owner))
        {
            return (null, UploadProblems.PartNotFound);
        }

        await complete.RunAsync(id).WaitAsync(http.RequestAborted);
        var final = (await _uploads.GetAsync(id, http.RequestAborted))?.Value;

        // A digest that only the repeated request declares is compared all the same.
        return metadata.Sha256 is { } declared && final?.Sha256 is { } received && declared != received
            ? (null, UploadProblems.Sha256Mismatch)
            : (final, UploadProblems.NotFound);
    }

    private async Task<(long Length, Problem? Problem)> ClaimAsync(
        List<string> parts, string finalId, Caller caller, CancellationToken cancellationToken)
    {
        var length = 0L;
        var found = new List<Upload>();
        foreach (var id in parts)
        {
            var part = (await _uploads.GetAsync(id, cancellationToken))?.Value;
            if (part is null || !caller.MaySee(part.Owner) || part.ExpiresAt <= time.GetUtcNow()) return (0, UploadProblems.PartNotFound);
            if (part.Role is not UploadRole.Part) return (0, UploadProblems.ConcatInvalid);
            if (part.State is not UploadState.Completed) return (0, UploadProblems.PartUnfinished);
            if (part.FinalId is not null && part.FinalId != finalId) return (0, UploadProblems.PartTaken);
            if (part.Partial is null) return (0, UploadProblems.PartNotFound);
            found.Add(part);
            length = checked(length + part.Offset);
        }

        if (quota.RefusalOf(length) is { } problem) return (0, problem);
        foreach (var part in found)
        {
            var claimed = await _uploads.UpdateAsync(
                part.Id, p => p.FinalId is null ? p with { FinalId = finalId } : null, cancellationToken);
            if (claimed is null) return (0, UploadProblems.PartNotFound);
            if (claimed.Value.FinalId != finalId) return (0, UploadProblems.PartTaken);
        }

        return (length, null);
    }

    private async Task InsertAsync(string id, List<string> parts, long length, UploadMetadata metadata, Caller caller)
    {
        var partial = await blobs.BeginAsync(Upload.MasterKeyOf(id)) with { Total = length };
        var upload = new Upload
        {
            Id = id,
            Owner = caller.Id,
            State = UploadState.Assembling,
            Role = UploadRole.Final,
            Partial = partial,
            Length = length,
            Metadata = metadata,
            Parts = parts,
            Trace = MasterTrace.Current,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = time.GetUtcNow() + options.Value.UnfinishedLifetime,
        };
        if (await _uploads.InsertAsync(id, upload) is null) await blobs.AbortAsync(partial);
    }

    /// <summary>The ids in <c>final;/api/uploads/a /api/uploads/b</c>, whose URLs may be absolute; null when any is another thing.</summary>
    private static List<string>? ReadParts(string concat, HttpRequest request)
    {
        if (!concat.StartsWith("final;", StringComparison.Ordinal)) return null;
        var prefix = UploadAnswer.LocationOf(request, "");
        var parts = new List<string>();
        foreach (var url in concat["final;".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = !url.StartsWith('/') && Uri.TryCreate(url, UriKind.Absolute, out var absolute) ? absolute.AbsolutePath : url;
            if (!path.StartsWith(prefix, StringComparison.Ordinal)) return null;
            var id = path[prefix.Length..].TrimEnd('/');
            if (!UploadId.IsValid(id) || parts.Contains(id)) return null;
            parts.Add(id);
        }

        return parts.Count == 0 ? null : parts;
    }
}
