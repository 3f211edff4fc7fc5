using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Grants;

internal static class GrantScope
{
    /// <summary>What a CDN may send to the holder of a grant: all of the title, unless its largest rungs are left out.</summary>
    public static DeliveryScope Of(GrantClaims claims, PresentationView view)
    {
        var firstRung = view.FirstRung(claims.MaxHeight);
        IReadOnlyList<string>? parts = firstRung == 0
            ? null
            : [.. view.Video.Skip(firstRung).Concat(view.Audio).Select(track => $"{track.Name}/"), ManifestNames.Sprites, ManifestNames.Poster];
        return new DeliveryScope(claims.AssetId, claims.Revision, claims.ExpiresAt, parts);
    }
}
