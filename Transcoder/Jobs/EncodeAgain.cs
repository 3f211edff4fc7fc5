using System.ComponentModel.DataAnnotations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Transcoder.Jobs;

/// <summary>Has an asset encoded as the options of now would have it. What they would make just the same is not made again, and what
/// is there plays on until the new encoding is whole.</summary>
internal static class EncodeAgain
{
    internal sealed record Request([property: Required] string? AssetId, int? Priority);

    public static async Task<Results<Created<JobView>, ProblemHttpResult>> Handle(
        Request request, IDocuments documents, EncodeAsset encode, CancellationToken cancellationToken)
    {
        var priority = request.Priority ?? 0;
        if (priority is < Job.MinPriority or > Job.MaxPriority) return BoardProblems.BadPriority.ToResult();
        var asset = request.AssetId is { Length: > 0 } id ? await documents.Set(Asset.Schema).GetAsync(id, cancellationToken) : null;
        if (asset is null or { Value.State: AssetState.Deleted }) return BoardProblems.AssetNotFound.ToResult();
        var (job, problem) = await encode.AgainAsync(asset.Value, priority, cancellationToken);
        if (problem is not null) return problem.ToResult(job?.Id);
        return TypedResults.Created($"/api/jobs/{Uri.EscapeDataString(job!.Id)}", JobView.Of(job, status: null));
    }
}
