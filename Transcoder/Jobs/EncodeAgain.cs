using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FlickStream.Platform;
using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using FlickStream.Platform.Protection;
using FlickStream.Transcoder.Board;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Jobs;

/// <summary>Has an asset encoded as the options of now would have it. What they would make just the same is not made again, and what
/// is there plays on until the new encoding is whole. With new keys, what is encrypted is so anew, without being encoded.</summary>
internal static class EncodeAgain
{
    /// <param name="AssetId">Which.</param>
    /// <param name="Priority">Of the job; 0 when not given.</param>
    /// <param name="NewKeys">Whether what is encrypted gets new keys.</param>
    /// <param name="Options">See <see cref="EncodingWishes"/>: kept for the asset; <c>{}</c> takes back what was kept before.</param>
    internal sealed record Request(
        [property: Required] string? AssetId, int? Priority, bool NewKeys = false, [property: ReadAs(typeof(EncodingWishes))] JsonElement? Options = null);

    public static async Task<Results<Created<JobView>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, IDocuments documents, EncodeAsset encode, IOptions<PlatformOptions> platform, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.AssetId)) return BoardProblems.AssetMissing.ToResult();
        var priority = request.Priority ?? 0;
        if (priority is < Job.MinPriority or > Job.MaxPriority) return BoardProblems.BadPriority.ToResult();
        EncodingWishes? wishes = null;
        if (request.Options is { ValueKind: not JsonValueKind.Null } options)
        {
            wishes = EncodingWishes.TryRead(options.GetRawText(), out var fault);
            if (fault is not null) return EncodingWishes.Invalid.ToResult(fault);
            if (ProtectionFitness.RefusalOf(wishes, platform.Value) is { } unfit) return unfit.ToResult();
        }

        var asset = await documents.Set(Asset.Schema).GetAsync(request.AssetId, cancellationToken);
        if (asset is null or { Value.State: AssetState.Deleted } || !Caller.Of(http).MayUse(asset.Value.Owner)) return BoardProblems.AssetNotFound.ToResult();
        var (job, problem) = await encode.AgainAsync(asset.Value, priority, cancellationToken, request.NewKeys, wishes);
        if (problem is not null) return problem.ToResult(job?.Id);
        return TypedResults.Created($"/api/jobs/{Uri.EscapeDataString(job!.Id)}", JobView.Of(job, status: null));
    }
}
