using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Grants;

internal static class GrantScope
{
    /// <summary>What a CDN may send to the holder of a grant: all of the encodings that the title's parts lie in, unless its largest rungs
    /// are left out.</summary>
    public static DeliveryScope Of(GrantClaims claims, PresentationView view)
    {
        var (firstRung, presentation) = (view.FirstRung(claims.MaxHeight), view.Presentation);
        IEnumerable<MediaPart> parts = firstRung == 0
            ? presentation.Parts().Select(part => part with { Name = "" }).Distinct()
            : view.Video.Skip(firstRung).Concat(view.Audio).Select(track => track.Part)
                .Append(presentation.SpritesPart())
                .Append(presentation.PosterPart());
        return new DeliveryScope(claims.AssetId, claims.ExpiresAt, [.. parts]);
    }
}
