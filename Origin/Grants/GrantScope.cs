using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Grants;

internal static class GrantScope
{
    /// <summary>What a CDN may send to the holder of a grant: all of the title, unless its largest pictures are left out.</summary>
    public static DeliveryScope Of(GrantClaims claims, PresentationView view)
    {
        var height = view.HeightFor(claims.MaxHeight);
        IReadOnlyList<string>? parts = height == view.HeightFor(0)
            ? null
            : [.. view.Renditions.Where(r => view.Allows(r, height)).Select(r => $"{r.Track.Name}/"), ManifestNames.Sprites, ManifestNames.Poster];
        return new DeliveryScope(claims.AssetId, claims.Revision, claims.ExpiresAt, parts);
    }
}
