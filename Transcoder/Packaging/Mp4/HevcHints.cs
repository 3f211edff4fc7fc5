namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>Supplemental enhancement information (ITU-T H.265, 7.3.5 and annex D).</summary>
internal static class HevcHints
{
    private const int MasteringDisplay = 137;
    private const int ContentLight = 144;

    /// <summary>Appends mdcv and clli (ISO/IEC 14496-12, 12.1.6 and 12.1.7) for what a message says of the mastering display and the content's
    /// light: the boxes hold the messages' very fields, and players read them without a decoder.</summary>
    public static void AppendLight(ByteBuffer to, ReadOnlySpan<byte> messages)
    {
        var cursor = new ByteCursor(messages);
        // What is left at the end is the trailing bit.
        while (cursor.Left > 2)
        {
            var type = Number(ref cursor);
            var payload = cursor.Take(Number(ref cursor)).ToArray();
            if (type == MasteringDisplay) to.Box("mdcv"u8, box => box.Bytes(payload));
            if (type == ContentLight) to.Box("clli"u8, box => box.Bytes(payload));
        }
    }

    private static int Number(ref ByteCursor cursor)
    {
        var sum = 0;
        byte part;
        do sum += part = cursor.U8();
        while (part == 0xFF);
        return sum;
    }
}
