using FlickStream.Origin.Presentations;
using FlickStream.Platform.Delivery;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Manifests;

internal enum ManifestKind
{
    Multivariant,
    Mpd,
    Media,
    Text,
    IFrames,
    Thumbnails,
    Images,
    Chapters,
    AppleChapters,
}

/// <summary>Renders each manifest once for a title's state and the renditions a grant allows, and keeps as many as fit.</summary>
internal sealed class ManifestCache(IOptions<OriginOptions> options, OriginMetrics metrics, TimeProvider time) : IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = options.Value.ManifestBytesInMemory });

    /// <param name="view">What exists.</param>
    /// <param name="kind">What is asked for.</param>
    /// <param name="rendition">The name of the rendition; null for what is of the whole title.</param>
    /// <param name="height">Larger pictures are left out.</param>
    /// <param name="address">Where the media lie.</param>
    /// <param name="isEvent"><see cref="Grants.GrantClaims.IsOfEvent"/>.</param>
    /// <param name="folder">The grant's own folder, absolute, where an MPD names its licence server; else empty.</param>
    public RenderedManifest Get(
        PresentationView view, ManifestKind kind, string? rendition, int height, MediaAddress address, bool isEvent, string folder = "")
    {
        // One node may see the title whole a moment before another shows it growing.
        var key = new Key(view, kind, rendition, height, address, isEvent || view.IsGrowing, folder);
        var isHit = _cache.TryGetValue(key, out RenderedManifest? found);
        metrics.LookedUp("manifests", isHit);
        if (isHit) return found!;
        var rendered = RenderedManifest.Of(Render(key));
        var keeping = new MemoryCacheEntryOptions { Size = rendered.Size, SlidingExpiration = TimeSpan.FromMinutes(10) };
        return _cache.Set(key, rendered, keeping);
    }

    public void Dispose() => _cache.Dispose();

    private string Render(Key key) => key.Kind switch
    {
        ManifestKind.Multivariant => MultivariantPlaylist.Render(key.View, key.Height),
        ManifestKind.Mpd => DashManifest.Render(key.View, key.Height, key.Address, time.GetUtcNow(), key.Folder),
        ManifestKind.Media => MediaPlaylist.Render(key.View, key.View.Find(key.Rendition)!, key.Address, key.IsEvent),
        ManifestKind.IFrames => MediaPlaylist.RenderIFrames(key.View, key.View.Find(key.Rendition)!, key.Address, key.IsEvent),
        ManifestKind.Text => TextPlaylist.Render(key.View, key.View.FindText(key.Rendition)!, key.Address, key.IsEvent),
        ManifestKind.Thumbnails => ThumbnailTrack.Render(key.View, key.Address),
        ManifestKind.Images => ImagePlaylist.Render(key.View, key.Address),
        ManifestKind.Chapters => ChapterFiles.Vtt(key.View.Presentation),
        ManifestKind.AppleChapters => ChapterFiles.Json(key.View.Presentation),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    private readonly record struct Key(
        PresentationView View, ManifestKind Kind, string? Rendition, int Height, MediaAddress Address, bool IsEvent, string Folder);
}
