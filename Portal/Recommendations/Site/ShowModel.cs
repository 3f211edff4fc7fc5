using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site;

/// <param name="Current">That all nodes are to use; null until one was good enough.</param>
/// <param name="Previous">That held before it.</param>
/// <param name="Older">The others that are kept to go back to, the latest made first.</param>
/// <param name="HeldSince">Since when no other is made, as the current one was gone back to; null: the next is made when it is due.</param>
/// <param name="TriedAt">When one was last made, published or refused, or its making failed.</param>
/// <param name="Refused">Why the last one was refused, or that its making failed; null where it was published.</param>
/// <param name="Tried">All that were made, the latest first.</param>
/// <param name="InUse">The key of the one that the node that answers uses: for some time after a change it is not the current one.</param>
/// <param name="Unreadable">What that node could not read, and why.</param>
internal sealed record ModelAnswer(
    ModelVersion? Current, ModelVersion? Previous, IReadOnlyList<ModelVersion> Older, DateTimeOffset? HeldSince, DateTimeOffset TriedAt, string? Refused, IReadOnlyList<TriedModel> Tried, string? InUse,
    IReadOnlyList<UnreadableModel> Unreadable)
{
    public static ModelAnswer Of(PublishedModel published, CurrentModel current) => new(
        published.Current, published.Previous, published.Older, published.HeldSince, published.TriedAt, published.Refused, published.Tried, current.Now?.Version.Key, current.Unreadable);
}

/// <summary>GET: which model holds, how good it is, and what became of others.</summary>
internal static class ShowModel
{
    public static async Task<Ok<ModelAnswer>> HandleAsync(ModelStore models, CurrentModel current, HttpContext http) =>
        TypedResults.Ok(ModelAnswer.Of(await models.FindAsync(http.RequestAborted), current));
}
