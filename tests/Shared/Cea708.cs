namespace FlickStream.Tests.Shared;

internal static class Cea708
{
    /// <summary>Defines a window of a row count at the bottom or top of the screen (CTA-708-E, 8.10.5.2).</summary>
    public static byte[] Define(int window, bool isVisible, int rows = 2, bool isAtTop = false) =>
        [(byte)(0x98 + window), (byte)(isVisible ? 0x38 : 0x18), (byte)(isAtTop ? 0x00 : 0x4a), 0x00, (byte)((isAtTop ? 0x00 : 0x60) | (rows - 1)), 0x1f, 0x11];

    /// <summary>A packet of blocks for one service, as triplets of ATSC A/53: one that begins it and those that continue it.</summary>
    public static byte[] Packet(int sequence, int service, ReadOnlySpan<byte> data)
    {
        List<byte> packet = [0];
        for (; !data.IsEmpty; data = data[Math.Min(31, data.Length)..])
        {
            var size = Math.Min(31, data.Length);
            packet.AddRange(service < 7 ? [(byte)((service << 5) | size)] : [(byte)(0xe0 | size), (byte)service]);
            packet.AddRange(data[..size]);
        }

        if (packet.Count % 2 == 1) packet.Add(0);
        packet[0] = (byte)(((sequence & 3) << 6) | (packet.Count / 2 % 64));
        return [.. packet.Chunk(2).Index().SelectMany(pair => (byte[])[(byte)(pair.Index == 0 ? 0xff : 0xfe), .. pair.Item])];
    }
}
