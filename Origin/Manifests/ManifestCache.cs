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
    IFrames,
    Thumbnails,
}

/// <summary>Renders each manifest once for a title's state and the renditions a grant allows, and keeps as many as fit.</summary>
internal sealed class ManifestCache(IOptions<OriginOptions> options, OriginMetrics metrics, TimeProvider time) : IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = options.Value.ManifestBytesInMemory });

    public RenderedManifest Get(PresentationView view, ManifestKind kind, Rendition? rendition, int firstRung, MediaAddress address)
    {
        var key = new Key(view, kind, rendition?.Track.Name, firstRung, address);
        var isHit = _cache.TryGetValue(key, out RenderedManifest? found);
        metrics.LookedUp("manifests", isHit);
        if (isHit) return found!;
        var rendered = RenderedManifest.Of(Render(view, kind, rendition, firstRung, address));
        var keeping = new MemoryCacheEntryOptions { Size = rendered.Size, SlidingExpiration = TimeSpan.FromMinutes(10) };
        return _cache.Set(key, rendered, keeping);
    }

    public void Dispose() => _cache.Dispose();

    private string Render(
        PresentationView view, ManifestKind kind, Rendition? rendition, int firstRung, MediaAddress address) => kind switch
    {
        ManifestKind.Multivariant => MultivariantPlaylist.Render(view, firstRung),
        ManifestKind.Mpd => DashManifest.Render(view, firstRung, address, time.GetUtcNow()),
        ManifestKind.Media => MediaPlaylist.Render(view, rendition!, address),
        ManifestKind.IFrames => MediaPlaylist.RenderIFrames(view, rendition!, address),
        ManifestKind.Thumbnails => ThumbnailTrack.Render(view, address),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private readonly record struct Key(PresentationView View, ManifestKind Kind, string? Rendition, int FirstRung, MediaAddress Address);
}
