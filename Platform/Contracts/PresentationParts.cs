using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Contracts;

/// <summary>Which media a presentation is made of. Encodings of one asset may share some.</summary>
public static class PresentationParts
{
    public static MediaPart PartOf(this Presentation presentation, VideoRendition video) =>
        MediaPart.OfRendition(video.Name, video.Source, presentation.Revision);

    public static MediaPart PartOf(this Presentation presentation, AudioRendition audio) =>
        MediaPart.OfRendition(audio.Name, audio.Source, presentation.Revision);

    public static MediaPart PartOf(this Presentation presentation, TextRendition text) => new(text.From ?? presentation.Revision, $"{text.Name}/");

    public static MediaPart SpritesPart(this Presentation presentation) =>
        new(presentation.Sprites?.From ?? presentation.Revision, MediaPart.Sprites);

    public static MediaPart PosterPart(this Presentation presentation) =>
        new(presentation.Poster?.From ?? presentation.Revision, MediaPart.Poster);

    /// <summary>Those that have segments.</summary>
    public static IEnumerable<MediaPart> RenditionParts(this Presentation presentation) =>
        presentation.Video.Select(presentation.PartOf).Concat(presentation.Audio.Select(presentation.PartOf));

    public static IEnumerable<MediaPart> Parts(this Presentation presentation) =>
        presentation.RenditionParts().Concat(presentation.Text.Select(presentation.PartOf))
            .Append(presentation.SpritesPart()).Append(presentation.PosterPart())
            .Concat(presentation.LeftOut.Select(name => new MediaPart(presentation.Revision, $"{name}/")));

    /// <summary>The parts of a presentation that was given up and that no other one of its asset uses.</summary>
    public static async Task<HashSet<MediaPart>> UnsharedPartsAsync(
        this IDocumentSet<Presentation> presentations, Stored<Presentation> given, CancellationToken cancellationToken)
    {
        HashSet<MediaPart> parts = [.. given.Value.Parts()];
        var query = new DocumentQuery { Filters = [DocumentFilter.Equal("asset", given.Value.AssetId)] };
        await foreach (var other in presentations.QueryAllAsync(query, cancellationToken))
        {
            // Of two that go at the same time neither must wait for the other.
            if (other.Id != given.Id && other.Value.LetGoAt is null) parts.ExceptWith(other.Value.Parts());
        }

        return parts;
    }

    /// <summary>An encoding of an asset, current or not.</summary>
    public static async Task<Stored<Presentation>?> FindRevisionAsync(
        this IDocumentSet<Presentation> presentations, string assetId, string revision, CancellationToken cancellationToken)
    {
        // Current first and last: it may be published between the readings, which removes the one aside.
        if (await CurrentAsync() is { } current) return current;
        return await presentations.GetAsync(Presentation.AsideId(assetId, revision), cancellationToken) ?? await CurrentAsync();

        async Task<Stored<Presentation>?> CurrentAsync() =>
            await presentations.GetAsync(assetId, cancellationToken) is { } found && found.Value.Revision == revision ? found : null;
    }

    /// <summary>Changes an encoding of an asset, current or not, as <see cref="DocumentSetExtensions.UpdateAsync"/> does. One that is whole and
    /// about to become current stays as it is for that moment, since what is written of it aside would be lost: whoever must change it asks
    /// again.</summary>
    public static async Task<Stored<Presentation>?> UpdateRevisionAsync(
        this IDocumentSet<Presentation> presentations,
        string assetId,
        string revision,
        Func<Presentation, Presentation?> change,
        CancellationToken cancellationToken)
    {
        while (await presentations.FindRevisionAsync(assetId, revision, cancellationToken) is { } found)
        {
            var isTakingPlace = found is { Value: { State: PresentationState.Ready, RetiredAt: null } } && found.Id != assetId;
            if (isTakingPlace || change(found.Value) is not { } changed) return found;
            if (await presentations.ReplaceAsync(found.Id, found.Version, changed, cancellationToken) is { } written) return written;
        }

        return null;
    }
}
