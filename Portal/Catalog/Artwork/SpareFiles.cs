using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Artwork;

/// <summary>Removes spare artwork, files before what names them, so that an interrupted removal is found again.</summary>
internal sealed class SpareFiles(TitleStore titles, ArtworkFiles files)
{
    // What a title's document can carry. Of a day's replacements more are no use to pages that show one still.
    public const int Most = 200;

    /// <summary>The oldest of those that are more than a title may have.</summary>
    public Task TrimAsync(Title title, CancellationToken cancellationToken)
    {
        var over = title.SpareArtwork.OrderBy(spare => spare.Since).Take(title.SpareArtwork.Count - Most).Select(spare => spare.Id).ToList();
        return over.Count == 0 ? Task.CompletedTask : DropAsync(title.Id, over, cancellationToken);
    }

    public async Task DropAsync(string titleId, IReadOnlyCollection<string> images, CancellationToken cancellationToken)
    {
        foreach (var image in images) await files.RemoveAsync(titleId, image, cancellationToken);
        await titles.ChangeAsync(
            titleId, now => new(now with { SpareArtwork = [.. now.SpareArtwork.Where(spare => !images.Contains(spare.Id))] }, null), cancellationToken);
    }
}
