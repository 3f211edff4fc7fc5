using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Grants;

internal static class GrantScope
{
    /// <summary>What a CDN may send to the holder of a grant: all of the encodings that the title's parts lie in, unless its largest
    /// pictures are left out.</summary>
    public static DeliveryScope Of(GrantClaims claims, PresentationView view)
    {
        var (height, presentation) = (view.HeightFor(claims.MaxHeight), view.Presentation);
        IEnumerable<MediaPart> parts = height == view.HeightFor(0)
            ? presentation.Parts().Select(part => part with { Name = "" }).Distinct()
            : view.Renditions.Where(r => view.Allows(r, height)).Select(r => r.Track.Part)
                .Concat(presentation.Text.Select(presentation.PartOf))
                .Append(presentation.SpritesPart())
                .Append(presentation.PosterPart());
        return new DeliveryScope(claims.AssetId, claims.ExpiresAt, [.. parts]);
    }
}
