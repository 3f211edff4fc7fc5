namespace FlickStream.Tests.Shared;

/// <summary>A transport stream's word for the captions in its picture.</summary>
internal static class CaptionServices
{
    /// <summary>A caption service descriptor (ATSC A/65, 6.9.2).</summary>
    /// <param name="services">Three letters, and the service of CEA-708 or, 0 and 1, the field of CEA-608.</param>
    public static byte[] Descriptor(params (string Language, bool IsDigital, int Number)[] services) =>
    [
        0x86, (byte)(1 + (6 * services.Length)), (byte)(0xe0 | services.Length),
        .. services.SelectMany(s => (byte[])[.. s.Language.Select(c => (byte)c), (byte)((s.IsDigital ? 0xc0 : 0x7e) | s.Number), 0x3f, 0xff]),
    ];

    /// <summary>Puts a descriptor to the first track of every program map of a stream that ffmpeg made.</summary>
    public static void AddTo(byte[] stream, byte[] descriptor)
    {
        const int MapPid = 0x1000;
        for (var at = 0; at + 188 <= stream.Length; at += 188)
        {
            if ((((stream[at + 1] & 0x1f) << 8) | stream[at + 2]) != MapPid) continue;
            // Behind the packet's head and a pointer of nothing.
            var section = stream.AsSpan(at + 5, 183);
            var size = 3 + (((section[1] & 0x0f) << 8) | section[2]);
            var track = 12 + (((section[10] & 0x0f) << 8) | section[11]);
            byte[] grown = [.. section[..(track + 5)], .. descriptor, .. section[(track + 5)..(size - 4)]];
            grown[2] += (byte)descriptor.Length;
            grown[track + 4] += (byte)descriptor.Length;
            grown.CopyTo(section);
            var crc = Crc(grown);
            for (var i = 0; i < 4; i++) section[grown.Length + i] = (byte)(crc >> (24 - (8 * i)));
        }
    }

    // ISO/IEC 13818-1, annex A.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= (uint)value << 24;
            for (var i = 0; i < 8; i++) crc = (crc << 1) ^ (crc >> 31 == 1 ? 0x04c11db7 : 0u);
        }

        return crc;
    }
}
