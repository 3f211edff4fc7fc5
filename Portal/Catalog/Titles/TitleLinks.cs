using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Catalog.People;

namespace FlickStream.Portal.Catalog.Titles;

/// <param name="IsFree">Administrators give a title any asset; else it is one that its organisation brought.</param>
/// <param name="Known">That the title has, whoever gave it.</param>
/// <param name="IsToPlay">The title is to be published: its asset must be there, and can be encoded.</param>
internal readonly record struct AssetChoice(bool IsFree, string? Known = null, bool IsToPlay = false);

/// <summary>Whether what a title names is there and its organisation's own.</summary>
internal sealed class TitleLinks(IDocuments documents, PersonStore people)
{
    private readonly IDocumentSet<Title> _titles = documents.Set(Title.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    /// <param name="content">Tidied.</param>
    /// <param name="ownerId">Of the title.</param>
    /// <param name="assets">Which it may have.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Refusal?> CheckAsync(TitleContent content, string ownerId, AssetChoice assets, CancellationToken cancellationToken) =>
        await CheckParentAsync(content, ownerId, cancellationToken)
        ?? await CheckAssetAsync(content, ownerId, assets, cancellationToken)
        ?? await CheckPeopleAsync(content, cancellationToken);

    public async Task<Refusal?> CheckAssetAsync(TitleContent content, string ownerId, AssetChoice assets, CancellationToken cancellationToken)
    {
        if (content.AssetId is not { } id) return null;
        var isKnown = assets.Known == id;
        if (await _assets.GetAsync(id, cancellationToken) is not { Value: { State: not (AssetState.Deleted or AssetState.Refused) } asset })
            // That it is gone is no reason to leave the title's words as they are.
            return isKnown && !assets.IsToPlay ? null : new(TitleProblems.AssetNotFound, TitleRules.Shown(id));
        if (asset.Owner != ownerId && !assets.IsFree && !isKnown) return new(TitleProblems.AssetNotFound, TitleRules.Shown(id));
        if (assets.IsToPlay && asset.Problem is { } why) return new(TitleProblems.Incomplete, $"Its asset cannot be encoded: {why.Sentence}");
        return MarkerRules.Fit(content.Markers, asset.Media?.DurationSeconds) ? null : new(TitleProblems.MarkersInvalid, "The asset is shorter.");
    }

    /// <param name="kind">Of the child.</param>
    /// <param name="ownerId">Of the child.</param>
    /// <param name="parent">Null when there is none.</param>
    public static Refusal? CheckParent(string kind, string ownerId, Title? parent) =>
        parent is { IsDeleted: false, IsLeaving: false } && parent.OwnerId == ownerId && Kinds.ParentsOf(kind).Contains(parent.Content.Kind!)
            ? null : new(TitleProblems.ParentInvalid);

    private async Task<Refusal?> CheckParentAsync(TitleContent content, string ownerId, CancellationToken cancellationToken) =>
        content.ParentId is not { } parent ? null
        : CheckParent(content.Kind!, ownerId, (await _titles.GetAsync(parent, cancellationToken))?.Value);

    private async Task<Refusal?> CheckPeopleAsync(TitleContent content, CancellationToken cancellationToken)
    {
        var wanted = content.People!.Select(credit => credit.PersonId!).Distinct().ToList();
        var known = await people.NamesAsync(wanted, cancellationToken);
        return wanted.Find(id => !known.ContainsKey(id)) is { } unknown ? new(TitleProblems.PersonUnknown, TitleRules.Shown(unknown)) : null;
    }
}
