using System.Diagnostics.CodeAnalysis;
using FlickStream.Platform.Access;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Problems;

namespace FlickStream.Ingest.Uploads;

/// <summary>An upload as its caller may see it. Another key's upload is not found, like one that never was.</summary>
internal sealed class FindUpload(IDocuments documents, TimeProvider time)
{
    private readonly IDocumentSet<Upload> _uploads = documents.Set(Upload.Schema);

    public async Task<FoundUpload> RunAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (!UploadId.IsValid(id)) return new(null, UploadProblems.NotFound);
        var upload = await _uploads.GetAsync(id, cancellationToken);
        if (upload is null || !caller.MaySee(upload.Value.Owner)) return new(null, UploadProblems.NotFound);
        if (!upload.Value.IsUnsettled && upload.Value.ExpiresAt <= time.GetUtcNow()) return new(null, UploadProblems.Expired);
        return new(upload, null);
    }
}

internal sealed record FoundUpload(Stored<Upload>? Upload, Problem? Problem)
{
    [MemberNotNullWhen(true, nameof(Upload))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsFound => Upload is not null;
}
