namespace FlickStream.Tests.Shared;

/// <summary>What a pair of channels with Dolby E looks like: a burst of SMPTE ST 337 a picture at 25 a second, between gaps.</summary>
internal static class DataBurstSample
{
    private const int Burst = 1920;

    /// <summary>24 bits, little endian, 48 kHz, two channels.</summary>
    public static byte[] Stereo(double seconds)
    {
        var random = new Random(337);
        var bytes = new byte[(int)(seconds * 48_000) * 6];
        for (var sample = 0; sample * 6 < bytes.Length; sample++)
        {
            var pair = bytes.AsSpan(sample * 6, 6);
            if (sample % Burst == 0) ((ReadOnlySpan<byte>)[0x72, 0xF8, 0x96, 0x1F, 0x4E, 0xA5]).CopyTo(pair);
            else if (sample % Burst < Burst - 100) random.NextBytes(pair);
        }

        return bytes;
    }
}
