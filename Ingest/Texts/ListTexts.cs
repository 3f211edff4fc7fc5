using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Texts;

/// <summary>GET: an asset's texts, oldest first; there are never more than a page holds.</summary>
internal static class ListTexts
{
    public static async Task<IResult> Handle(string id, IDocuments documents, CancellationToken cancellationToken)
    {
        var asset = id.Length > 200 ? null : await documents.Set(Asset.Schema).GetAsync(id, cancellationToken);
        if (asset is null or { Value.State: AssetState.Deleted }) return TextProblems.AssetNotFound.ToResult();
        var presentation = await documents.Set(Presentation.Schema).GetAsync(id, cancellationToken);
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", id)], Sort = [new DocumentSort("created")], Limit = 200 };
        var page = await documents.Set(SideText.Schema).QueryAsync(query, cancellationToken);
        return TypedResults.Ok(new TextPage(
            [.. page.Items.Where(t => !t.Value.IsDeleted).Select(t => TextAnswer.Of(t.Value, presentation?.Value))]));
    }
}

internal sealed record TextPage(IReadOnlyList<TextAnswer> Items);
