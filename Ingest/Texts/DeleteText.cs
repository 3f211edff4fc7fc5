using FlickStream.Platform.Access;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Texts;

/// <summary>DELETE: gone for every caller at once; Transcoder takes it out of the title and removes what it left.</summary>
internal static class DeleteText
{
    public static async Task<IResult> Handle(string id, string textId, HttpContext http, IDocuments documents, IBus bus, CancellationToken cancellationToken)
    {
        if (id.Length + textId.Length > 190 || !await MayAsync(id, http, documents, cancellationToken)) return TextProblems.NotFound.ToResult();
        var key = SideText.IdOf(id, textId);
        var isFound = false;
        await documents.Set(SideText.Schema).UpdateAsync(
            key,
            text =>
            {
                isFound = !text.IsDeleted;
                return isFound ? text with { IsDeleted = true, IsPending = true } : null;
            },
            cancellationToken);
        if (!isFound) return TextProblems.NotFound.ToResult();
        await bus.PublishAsync(Topics.TextChanged, key, CancellationToken.None);
        return TypedResults.NoContent();
    }

    // Text outlives its asset by a moment; whoever may not see the one may not see the other.
    private static async Task<bool> MayAsync(string id, HttpContext http, IDocuments documents, CancellationToken cancellationToken) =>
        await documents.Set(Asset.Schema).GetAsync(id, cancellationToken) is { } asset && Caller.Of(http).MaySee(asset.Value.Owner);
}
