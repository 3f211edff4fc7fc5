namespace FlickStream.Transcoder.Workers;

/// <summary>Which captions a picture carries, by the triplets of ATSC A/53 (CEA-708, 4.4): a byte that says what the other two are. Pure.</summary>
internal static class CaptionChannels
{
    public const string First = "CC1";

    /// <summary>What broadcasters fill with the same words.</summary>
    public const string FirstService = $"{ServicePrefix}1";

    private const string ServicePrefix = "CEA-708 service ";

    // CEA-608: resume caption loading, roll-up of 2 to 4 rows, resume direct captioning.
    private static readonly byte[] Begins = [0x20, 0x25, 0x26, 0x27, 0x29];

    /// <summary>It is CEA-708's, which is not read.</summary>
    public static bool IsService(string channel) => channel.StartsWith(ServicePrefix, StringComparison.Ordinal);

    /// <returns>Such as <c>CC1</c>, <c>CC3</c> or <c>CEA-708 service 2</c>; services whose packets are empty are none.</returns>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> triplets)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var packet = new List<byte>();
        var isOpen = false;
        for (; triplets.Length >= 3; triplets = triplets[3..])
        {
            var (isValid, type) = ((triplets[0] & 4) != 0, triplets[0] & 3);
            if (!isValid) continue;
            if (type < 2)
            {
                var (first, second) = (triplets[1] & 0x7f, (byte)(triplets[2] & 0x7f));
                // The fourth bit is the second channel of a field, the lowest the second field.
                if ((first & 0x76) == 0x14 && Begins.Contains(second)) found.Add($"CC{(2 * type) + ((first & 8) != 0 ? 2 : 1)}");
                continue;
            }

            // A picture may begin within a packet, whose head is then missing.
            if (type == 3)
            {
                packet.Clear();
                isOpen = true;
            }

            if (!isOpen) continue;
            packet.AddRange(triplets[1..3]);
            if (packet.Count < SizeOf(packet[0])) continue;
            found.UnionWith(Services(packet[..SizeOf(packet[0])]));
            isOpen = false;
        }

        return [.. found];
    }

    // CEA-708, 5: the packet's head counts pairs of bytes.
    private static int SizeOf(byte head) => (head & 0x3f) is > 0 and var pairs ? 2 * pairs : 128;

    // CEA-708, 6.2: a block's head is the service's number and the size; number 7 says that the number follows.
    private static List<string> Services(List<byte> packet)
    {
        var services = new List<string>();
        for (var at = 1; at < packet.Count;)
        {
            var (number, size) = (packet[at] >> 5, packet[at] & 0x1f);
            at++;
            if (number == 7 && at < packet.Count) number = packet[at++] & 0x3f;
            if (number == 0 || size == 0) break;
            services.Add($"{ServicePrefix}{number}");
            at += size;
        }

        return services;
    }
}
