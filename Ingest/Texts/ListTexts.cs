using FlickStream.Ingest.Assets;
using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Texts;

/// <summary>GET: an asset's texts, oldest first; there are never more than a page holds.</summary>
internal static class ListTexts
{
    public static async Task<IResult> Handle(string id, HttpContext http, IDocuments documents, CancellationToken cancellationToken)
    {
        if (await FindAsset.OfAsync(documents, id, Caller.Of(http), cancellationToken) is null) return TextProblems.AssetNotFound.ToResult();
        var presentation = await documents.Set(Presentation.Schema).GetAsync(id, cancellationToken);
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", id)], Sort = [new DocumentSort("created")], Limit = 200 };
        var page = await documents.Set(SideText.Schema).QueryAsync(query, cancellationToken);
        return TypedResults.Ok(new TextPage(
            [.. page.Items.Where(t => !t.Value.IsDeleted).Select(t => TextAnswer.Of(t.Value, presentation?.Value))]));
    }
}

internal sealed record TextPage(IReadOnlyList<TextAnswer> Items);
