using FlickStream.Platform.Problems;
using NetVips;

namespace FlickStream.Portal.Catalog.Artwork;

/// <param name="Width">Of the largest.</param>
/// <param name="Height">Of the largest.</param>
/// <param name="Widths">Ascending.</param>
/// <param name="Formats">The smallest files first.</param>
/// <param name="Files">By name: <c>360.avif</c>.</param>
internal sealed record EncodedImage(
    int Width, int Height, IReadOnlyList<int> Widths, IReadOnlyList<string> Formats, IReadOnlyDictionary<string, byte[]> Files);

/// <summary>
/// Decodes what strangers send and encodes the pixels anew, so that nothing of the file but those reaches a viewer. libvips, because it writes
/// AVIF beside WebP and JPEG, which Skia does not. Only the three most used and fuzzed decoders are let run; the size is read from the header
/// before anything is decoded.
/// </summary>
internal sealed class ImageEncoder : IDisposable
{
    private const int ShortestSide = 64;
    private const int LongestShape = 5;

    // A height that never binds: the width alone says how large an image becomes.
    private const int AnyHeight = 1_000_000;

    // As many wait for it as have a place.
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);

    static ImageEncoder()
    {
        NetVips.NetVips.BlockUntrusted = true;
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in (string[])["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"]) Operation.Block(loader, false);
        Cache.Max = 0;
        // What it says of strangers' files would fill the log; what matters of it comes as an exception.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
        NetVips.NetVips.Concurrency = 1;
    }

    /// <param name="file">As it was sent.</param>
    /// <param name="widths">Wanted, ascending; none is made wider than the image is.</param>
    /// <param name="mostPixels">That are decoded.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    public async Task<(EncodedImage? Image, Problem? Problem)> EncodeAsync(
        byte[] file, IReadOnlyList<int> widths, long mostPixels, CancellationToken cancellationToken)
    {
        if (!IsKnown(file)) return (null, ArtworkProblems.FormatUnknown);
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Encode(file, widths, mostPixels), CancellationToken.None);
        }
        catch (VipsException)
        {
            // Its words quote the file, and its cause is always the file.
            return (null, ArtworkProblems.Broken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private static bool IsKnown(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10])
        || (file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..12].SequenceEqual("WEBP"u8));

    private static (EncodedImage? Image, Problem? Problem) Encode(byte[] file, IReadOnlyList<int> widths, long mostPixels)
    {
        using (var header = Image.NewFromBuffer(file))
        {
            var (width, height) = (header.Width, header.Height);
            if ((long)width * height > mostPixels) return (null, ArtworkProblems.TooLarge);
            if (Math.Min(width, height) < ShortestSide || Math.Max(width, height) > (long)LongestShape * Math.Min(width, height))
                return (null, ArtworkProblems.ShapeInvalid);
        }

        using var largest = Decode(file, widths[^1]);
        var formats = new[] { "avif", "webp", largest.HasAlpha() ? "png" : "jpg" };
        var made = widths.Where(width => width <= largest.Width).DefaultIfEmpty(largest.Width).ToList();
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var width in made)
        {
            using var sized = largest.ThumbnailImage(width, height: AnyHeight, size: Enums.Size.Down);
            using var pixels = sized.CopyMemory();
            foreach (var format in formats) files[FormattableString.Invariant($"{width}.{format}")] = Write(pixels, format);
        }

        return (new EncodedImage(made[^1], Math.Max(1, (int)Math.Round((double)largest.Height * made[^1] / largest.Width)), made, formats, files), null);
    }

    /// <summary>Turned as it says it is to be seen, in sRGB with 8 bits. What is cut off or damaged is refused rather than filled up.</summary>
    private static Image Decode(byte[] file, int width)
    {
        // In two steps: libvips' own way from a buffer to a small image takes a file that ends early for a whole one.
        using var whole = Image.NewFromBuffer(file, failOn: Enums.FailOn.Error);
        using var decoded = whole.ThumbnailImage(width, height: AnyHeight, size: Enums.Size.Down, outputProfile: "srgb");
        using var colours = decoded.Colourspace(Enums.Interpretation.Srgb);
        using var bytes = colours.Cast(Enums.BandFormat.Uchar);
        return bytes.CopyMemory();
    }

    private static byte[] Write(Image image, string format) => format switch
    {
        "avif" => image.HeifsaveBuffer(q: 55, compression: Enums.ForeignHeifCompression.Av1, effort: 2, keep: Enums.ForeignKeep.None),
        "webp" => image.WebpsaveBuffer(q: 80, effort: 3, keep: Enums.ForeignKeep.None),
        "png" => image.PngsaveBuffer(compression: 7, keep: Enums.ForeignKeep.None),
        _ => image.JpegsaveBuffer(q: 82, interlace: true, optimizeCoding: true, keep: Enums.ForeignKeep.None),
    };
}
