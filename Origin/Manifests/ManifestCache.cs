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
    /// <param name="folder">The grant's own folder, absolute, where an MPD names its licence server; else empty.</param>
    public RenderedManifest Get(
        PresentationView view, ManifestKind kind, string? rendition, int height, MediaAddress address, string folder = "")
    {
        var key = new Key(view, kind, rendition, height, address, folder);
        var isHit = _cache.TryGetValue(key, out RenderedManifest? found);
        metrics.LookedUp("manifests", isHit);
        if (isHit) return found!;
        var rendered = RenderedManifest.Of(Render(view, kind, rendition, height, address, folder));
        var keeping = new MemoryCacheEntryOptions { Size = rendered.Size, SlidingExpiration = TimeSpan.FromMinutes(10) };
        return _cache.Set(key, rendered, keeping);
    }

    public void Dispose() => _cache.Dispose();

    private string Render(
        PresentationView view, ManifestKind kind, string? rendition, int height, MediaAddress address, string folder) => kind switch
    {
        ManifestKind.Multivariant => MultivariantPlaylist.Render(view, height),
        ManifestKind.Mpd => DashManifest.Render(view, height, address, time.GetUtcNow(), folder),
        ManifestKind.Media => MediaPlaylist.Render(view, view.Find(rendition)!, address),
        ManifestKind.IFrames => MediaPlaylist.RenderIFrames(view, view.Find(rendition)!, address),
        ManifestKind.Text => TextPlaylist.Render(view, view.FindText(rendition)!, address),
        ManifestKind.Thumbnails => ThumbnailTrack.Render(view, address),
        ManifestKind.Images => ImagePlaylist.Render(view, address),
        ManifestKind.Chapters => ChapterFiles.Vtt(view.Presentation),
        ManifestKind.AppleChapters => ChapterFiles.Json(view.Presentation),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private readonly record struct Key(PresentationView View, ManifestKind Kind, string? Rendition, int Height, MediaAddress Address, string Folder);
}
