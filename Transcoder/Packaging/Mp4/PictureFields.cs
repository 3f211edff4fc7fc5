namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>What the sample entries of all pictures share (ISO/IEC 14496-12, 12.1.3).</summary>
/// <param name="Width">Coded, in pixels.</param>
/// <param name="Height">Coded, in pixels.</param>
/// <param name="ConfigType">Type of the codec's configuration box.</param>
/// <param name="Config">Its body.</param>
/// <param name="Others">colr and pasp where there are, whole, in this order.</param>
/// <param name="PixelAspect">Width and height of a pixel in relation.</param>
/// <param name="Transfer">transfer_characteristics of ISO/IEC 23091-2; null where there is no colr that says it.</param>
internal sealed record PictureFields(
    int Width, int Height, string ConfigType, byte[] Config, byte[] Others, (uint Width, uint Height) PixelAspect, int? Transfer)
{
    /// <param name="body">Of the sample entry.</param>
    /// <param name="config">Type of the codec's configuration box.</param>
    public static PictureFields Parse(ReadOnlySpan<byte> body, string config)
    {
        var cursor = new ByteCursor(body);
        cursor.Skip(24);
        var (width, height) = (cursor.U16(), cursor.U16());
        cursor.Skip(50);
        var children = cursor.Rest();
        var kept = new ByteBuffer();
        var aspect = (Width: 1u, Height: 1u);
        byte[]? found = null;
        int? transfer = null;
        foreach (var type in (ReadOnlySpan<string>)[config, "colr", "pasp"])
        {
            foreach (var child in new Boxes(children))
            {
                if (Boxes.Name(child.Type) != type) continue;
                if (type != config) kept.Bytes(child.Whole);
                else found = found is null ? child.Body.ToArray() : throw Several(config);
                if (child.Is("colr"u8)) transfer = TransferOf(child.Body);
                if (!child.Is("pasp"u8)) continue;
                var pasp = new ByteCursor(child.Body);
                aspect = (pasp.U32(), pasp.U32());
            }
        }

        return found is null
            ? throw new ChunkRejectedException(PackagingProblems.Malformed, $"There is no box {config}.")
            : new PictureFields(width, height, config, found, kept.Span.ToArray(), aspect, transfer);
    }

    private static int? TransferOf(ReadOnlySpan<byte> colr)
    {
        var cursor = new ByteCursor(colr);
        if (!cursor.Take(4).SequenceEqual("nclx"u8)) return null;
        cursor.Skip(2);
        return cursor.U16();
    }

    private static ChunkRejectedException Several(string type) => new(PackagingProblems.Malformed, $"There are several boxes {type}.");
}
