using System.Globalization;

namespace FlickStream.Platform.Media;

/// <summary>Reads the key=value blocks of <c>-progress</c>; a block ends with the key <c>progress</c>.</summary>
internal static class ProgressReader
{
    public static async Task ReadAsync(Stream output, Action<MediaProgress> report)
    {
        var (frames, time, speed) = (0L, TimeSpan.Zero, (double?)null);
        await foreach (var line in ShortLines.ReadAsync(output))
        {
            var cut = line.IndexOf('=', StringComparison.Ordinal);
            if (cut < 0) continue;
            var value = line.AsSpan(cut + 1).Trim();
            switch (line[..cut])
            {
                // Values are N/A until the first packet is written.
                case "frame" when long.TryParse(value, CultureInfo.InvariantCulture, out var n): frames = n; break;
                case "out_time_us" when long.TryParse(value, CultureInfo.InvariantCulture, out var us): time = TimeSpan.FromMicroseconds(us); break;
                case "speed": speed = double.TryParse(value.TrimEnd('x'), CultureInfo.InvariantCulture, out var x) ? x : null; break;
                case "progress": report(new MediaProgress(frames, time, speed)); break;
            }
        }
    }
}
