using System.Globalization;
using FlickStream.Standalone.Sample;

namespace FlickStream.Pipeline.Bench;

/// <summary>Generated 1080p24 masters.</summary>
internal static class Masters
{
    public static async Task<string> MakeAsync(string folder, int seconds, SampleMotion motion)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{motion}-{seconds}.mp4"));
        await Tool.RunAsync("ffmpeg", ["-nostdin", .. SampleMaster.Arguments(seconds, 1920, 1080, "24", motion, null, path)]);
        return path;
    }

    /// <summary>A minute over and over, copied, so that an hour is made in seconds.</summary>
    public static async Task<string> RepeatAsync(string minute, int minutes)
    {
        if (minutes == 1) return minute;
        var path = Path.ChangeExtension(minute, string.Create(CultureInfo.InvariantCulture, $".x{minutes}.mp4"));
        var loops = (minutes - 1).ToString(CultureInfo.InvariantCulture);
        await Tool.RunAsync(
            "ffmpeg", ["-nostdin", "-v", "error", "-y", "-stream_loop", loops, "-i", minute, "-c", "copy", "-movflags", "+faststart", path]);
        return path;
    }
}
