namespace FlickStream.Ingest.Inspection;

/// <summary>
/// A recording over a change of programme goes on under other packet identifiers, of which ffmpeg makes tracks of their own: the title would
/// lack what lies before or behind. In its first and last bytes such pictures follow one another, where those of programmes side by side
/// are mixed.
/// </summary>
internal static class PictureTurns
{
    // Program maps come at least every half second, and pictures are more.
    private const int Window = 4 << 20;

    // Of a map (ISO/IEC 13818-1, table 2-34): MPEG-1 and -2, MPEG-4, H.264, JPEG 2000, HEVC, VVC, AVS, VC-1.
    private static readonly byte[] PictureTypes = [0x01, 0x02, 0x10, 0x1b, 0x21, 0x24, 0x33, 0x42, 0xd1, 0xd2, 0xea];

    /// <summary>Whether another picture ends before the one that is encoded begins, or begins behind its end.</summary>
    /// <param name="path">The master.</param>
    /// <param name="header">Its.</param>
    /// <param name="video">That is encoded.</param>
    public static bool IsApart(string path, FfprobeHeader header, FfprobeStream video)
    {
        if (header.Format?.FormatName != "mpegts" || video.PacketIdentifier is not { } pid) return false;
        using var file = File.OpenRead(path);
        var start = new byte[Math.Min(2L * Window, file.Length)];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (file.Length <= start.Length) return IsApart(start, [], pid);
        file.Seek(-Window, SeekOrigin.End);
        var end = new byte[Window];
        return IsApart(start.AsSpan(0, Window), end.AsSpan(0, file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false)), pid);
    }

    /// <inheritdoc cref="IsApart(string, FfprobeHeader, FfprobeStream)"/>
    /// <param name="start">The file's first bytes.</param>
    /// <param name="end">Its last, which may be none where the first are all.</param>
    /// <param name="pid">Of the picture that is encoded.</param>
    public static bool IsApart(ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, int pid)
    {
        var pictures = new HashSet<int>();
        foreach (var map in TransportSections.Maps(start)) AddPictures(map, pictures);
        foreach (var map in TransportSections.Maps(end)) AddPictures(map, pictures);
        var spans = Joined(TransportSections.Spans(start), TransportSections.Spans(end), start.Length);
        return spans.TryGetValue(pid, out var chosen)
            && pictures.Any(other => other != pid && spans.TryGetValue(other, out var span) && (span.First > chosen.Last || span.Last < chosen.First));
    }

    private static Dictionary<int, (int First, int Last)> Joined(
        IReadOnlyDictionary<int, (int First, int Last)> start, IReadOnlyDictionary<int, (int First, int Last)> end, int offset)
    {
        var joined = start.ToDictionary();
        foreach (var (pid, span) in end) joined[pid] = (joined.TryGetValue(pid, out var before) ? before.First : offset + span.First, offset + span.Last);
        return joined;
    }

    private static void AddPictures(ReadOnlySpan<byte> map, HashSet<int> pictures)
    {
        // ISO/IEC 13818-1, 2.4.4.8: descriptors of the programme, then tracks with descriptors of their own.
        if (map.Length < 12) return;
        map = map[Math.Min(map.Length, 12 + Length(map[10..]))..];
        while (map.Length >= 5)
        {
            if (Array.IndexOf(PictureTypes, map[0]) >= 0) pictures.Add(((map[1] & 0x1f) << 8) | map[2]);
            map = map[Math.Min(map.Length, 5 + Length(map[3..]))..];
        }
    }

    private static int Length(ReadOnlySpan<byte> bytes) => ((bytes[0] & 0x0f) << 8) | bytes[1];
}
