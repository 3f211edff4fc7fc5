using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>The smallest H.264 level that holds a stream (ITU-T H.264 table A-1).</summary>
internal static class H264Level
{
    // Level times ten, macroblocks a second, macroblocks a frame, kb/s (and kb of buffer) of the Main profile.
    private static readonly (int Level, long PerSecond, long PerFrame, long Rate)[] Table =
    [
        (10, 1485, 99, 64), (11, 3000, 396, 192), (12, 6000, 396, 384), (13, 11880, 396, 768), (20, 11880, 396, 2000),
        (21, 19800, 792, 4000), (22, 20250, 1620, 4000), (30, 40500, 1620, 10000), (31, 108000, 3600, 14000),
        (32, 216000, 5120, 20000), (40, 245760, 8192, 20000), (41, 245760, 8192, 50000), (42, 522240, 8704, 50000),
        (50, 589824, 22080, 135000), (51, 983040, 36864, 240000), (52, 2073600, 36864, 240000),
    ];

    /// <exception cref="ArgumentOutOfRangeException">No level holds it; the ladder makes no such rung.</exception>
    public static int For(int width, int height, Rational rate, int maxBitsPerSecond, int bufferBits)
    {
        var (columns, rows) = ((width + 15L) / 16, (height + 15L) / 16);
        var size = columns * rows;
        // High profile may use 1.25 times the table's rate (clause A.3.3); a side may be as long as sqrt(8 * size).
        var rateNeeded = Math.Max(maxBitsPerSecond, bufferBits) / 1250;
        foreach (var row in Table)
        {
            if (size <= row.PerFrame && rate * size <= row.PerSecond && rateNeeded <= row.Rate
                && columns * columns <= 8 * row.PerFrame && rows * rows <= 8 * row.PerFrame)
            {
                return row.Level;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(width), $"{width}x{height} at {rate} is beyond H.264 level 5.2.");
    }
}
