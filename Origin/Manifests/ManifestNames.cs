using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>Names under <c>/play/{token}/</c>.</summary>
internal static class ManifestNames
{
    public const string Multivariant = "master.m3u8";
    public const string Mpd = "manifest.mpd";
    public const string Thumbnails = "thumbnails.vtt";
    public const string Images = "images.m3u8";

    public const string Chapters = "chapters.vtt";
    public const string AppleChapters = "chapters.json";

    /// <summary>Under a rendition's folder.</summary>
    public const string Media = "media.m3u8";

    /// <inheritdoc cref="Media"/>
    public const string IFrames = "iframes.m3u8";

    public const string Poster = MediaPart.Poster;

    /// <summary>The folder of the sprite sheets, with its slash.</summary>
    public const string Sprites = MediaPart.Sprites;

    public const string Init = "init.mp4";
    public const string Segment = ".m4s";

    /// <summary>All of a text rendition, under its folder.</summary>
    public const string WholeText = "all.vtt";

    public const string TextSegment = ".vtt";
}
