using System.Globalization;
using System.Xml.Linq;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;

namespace FlickStream.Origin.Manifests;

/// <summary>The sprite sheets as an AdaptationSet of images (DASH-IF Interoperability Points 4.3, 6.2.6).</summary>
internal static class DashImages
{
    public static XElement Set(XNamespace mpd, PresentationView view, ThumbnailSheets sheets, int id, MediaAddress address) => new(
        mpd + "AdaptationSet",
        new XAttribute("id", id),
        new XAttribute("contentType", "image"),
        new XAttribute("mimeType", "image/jpeg"),
        new XElement(
            mpd + "Representation",
            new XAttribute("id", "thumbnails"),
            new XAttribute("bandwidth", sheets.BitsPerSecond),
            new XAttribute("width", sheets.Tile.Width),
            new XAttribute("height", sheets.Tile.Height * sheets.Rows),
            new XElement(
                mpd + "EssentialProperty",
                new XAttribute("schemeIdUri", "http://dashif.org/guidelines/thumbnail_tile"),
                new XAttribute("value", string.Create(CultureInfo.InvariantCulture, $"1x{sheets.Rows}"))),
            new XElement(
                mpd + "SegmentTemplate",
                new XAttribute("timescale", view.Video[0].Timescale),
                new XAttribute("duration", sheets.SheetTicks),
                new XAttribute("startNumber", 0),
                new XAttribute("media", address.UrlOf(view.Presentation.SpritesPart(), "$Number$.jpg")))));
}
