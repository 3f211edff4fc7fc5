using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Organisations;

/// <summary>What would be nobody's without its organisation.</summary>
internal sealed class OrganisationUse(IDocuments documents, AccountStore accounts)
{
    private static readonly object[] KeptStates =
        [.. Enum.GetValues<AssetState>().Where(state => state is not AssetState.Deleted).Select(state => (object)state.ToString())];

    private readonly IDocumentSet<Title> _titles = documents.Set(Title.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    /// <returns>A sentence of what there is first; null where there is nothing.</returns>
    public async Task<string?> OfAsync(string id, CancellationToken cancellationToken)
    {
        if (await accounts.OfOrganisationAsync(id, cancellationToken).AnyAsync(cancellationToken)) return "People work for it: give them another role first.";
        var owned = DocumentFilter.Equal("owner", id);
        if (await HasAnyAsync(_titles, owned)) return "It has titles: delete them first.";
        return await HasAnyAsync(_assets, owned, DocumentFilter.In("state", KeptStates)) ? "It has assets: delete them first." : null;

        async Task<bool> HasAnyAsync<T>(IDocumentSet<T> set, params DocumentFilter[] filters)
            where T : class =>
            (await set.QueryAsync(new() { Filters = filters, Limit = 1 }, cancellationToken)).Items.Count > 0;
    }
}
