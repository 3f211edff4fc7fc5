namespace FlickStream.Ingest.Inspection;

/// <summary>Tables of a transport stream (ISO/IEC 13818-1, 2.4.3 and 2.4.4) that ffprobe does not tell all of. Pure; whatever the bytes are, it ends.</summary>
internal static class TransportSections
{
    private const byte Sync = 0x47;
    private const int PayloadSize = 188;
    private const int ProgramTable = 0;
    private const int MapTable = 2;

    // Bare, with a time before each packet (Blu-ray), with its error correction behind it.
    private static readonly int[] Spacings = [188, 192, 204];

    /// <summary>The program map sections that begin and end in the bytes, without their checksums.</summary>
    public static IReadOnlyList<byte[]> Maps(ReadOnlySpan<byte> stream)
    {
        var (start, spacing) = Find(stream);
        var open = new Dictionary<int, List<byte>>();
        HashSet<int> maps = [];
        List<byte[]> found = [];
        if (spacing == 0) return found;
        for (; start + PayloadSize <= stream.Length; start += spacing)
        {
            var packet = stream.Slice(start, PayloadSize);
            var (pid, begins, hasPayload) = (((packet[1] & 0x1f) << 8) | packet[2], (packet[1] & 0x40) != 0, (packet[3] & 0x10) != 0);
            var payload = packet[Math.Min(PayloadSize, (packet[3] & 0x20) != 0 ? 5 + packet[4] : 4)..];
            if (packet[0] != Sync || !hasPayload || payload.IsEmpty || (pid != 0 && !maps.Contains(pid))) continue;
            if (begins)
            {
                payload = payload[Math.Min(payload.Length, 1 + payload[0])..];
                open[pid] = [];
            }

            if (!open.TryGetValue(pid, out var section)) continue;
            section.AddRange(payload);
            if (section.Count < 3 || section.Count < SizeOf(section)) continue;
            open.Remove(pid);
            byte[] whole = [.. section.Take(Math.Max(0, SizeOf(section) - 4))];
            if (whole.Length < 8) continue;
            if (pid == 0 && whole[0] == ProgramTable) maps.UnionWith(whole[8..].Chunk(4).Where(p => p.Length == 4 && (p[0] | p[1]) != 0).Select(p => ((p[2] & 0x1f) << 8) | p[3]));
            else if (pid != 0 && whole[0] == MapTable) found.Add(whole);
        }

        return found;
    }

    /// <summary>Where each identifier's first and last packets lie among the bytes.</summary>
    public static IReadOnlyDictionary<int, (int First, int Last)> Spans(ReadOnlySpan<byte> stream)
    {
        var spans = new Dictionary<int, (int First, int Last)>();
        var (start, spacing) = Find(stream);
        for (; spacing > 0 && start + PayloadSize <= stream.Length; start += spacing)
        {
            if (stream[start] != Sync) continue;
            var pid = ((stream[start + 1] & 0x1f) << 8) | stream[start + 2];
            spans[pid] = (spans.TryGetValue(pid, out var span) ? span.First : start, start);
        }

        return spans;
    }

    private static int SizeOf(List<byte> section) => 3 + (((section[1] & 0x0f) << 8) | section[2]);

    private static (int Start, int Spacing) Find(ReadOnlySpan<byte> stream)
    {
        const int Enough = 5;
        foreach (var spacing in Spacings)
        {
            for (var start = 0; start < spacing && start + (Enough * spacing) < stream.Length; start++)
            {
                var packets = 0;
                while (packets < Enough && stream[start + (packets * spacing)] == Sync) packets++;
                if (packets == Enough) return (start, spacing);
            }
        }

        return default;
    }
}
