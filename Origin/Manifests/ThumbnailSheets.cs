using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;

namespace FlickStream.Origin.Manifests;

/// <summary>Sprite sheets that are all alike, one in <see cref="SegmentGrid.SegmentFrames"/>, which is what tracks of images need. They are
/// offered when the title is whole: no player shows them for one that grows.</summary>
/// <param name="Tile">One thumbnail.</param>
/// <param name="Rows">Thumbnails in a sheet, one below the other.</param>
/// <param name="TileTicks">How long a thumbnail stands, in the timescale of the first rung.</param>
/// <param name="BitsPerSecond">At most.</param>
internal sealed record ThumbnailSheets(PixelSize Tile, int Rows, long TileTicks, long BitsPerSecond)
{
    // White noise makes 5 bits a pixel at the quality that sheets have, a picture 1 to 2.
    private const int MostBitsPerPixel = 5;

    public long SheetTicks => Rows * TileTicks;

    /// <summary>Null where there are none.</summary>
    public static ThumbnailSheets? Of(PresentationView view)
    {
        var (presentation, grid) = (view.Presentation, view.Presentation.Grid);
        if (!view.IsWhole || presentation.ThumbnailsPerSheet == 0 || view.Video.Count == 0) return null;
        var (tile, rows) = (presentation.Thumbnail, presentation.ThumbnailsPerSheet);
        var seconds = (grid.SegmentFrames / grid.FrameRate).Value;
        return new ThumbnailSheets(
            tile,
            rows,
            (grid.GopFrames * view.Video[0].Timescale / grid.FrameRate).Round(),
            (long)Math.Ceiling((long)tile.Width * tile.Height * rows * MostBitsPerPixel / seconds));
    }
}
