using System.Globalization;

namespace FlickStream.Standalone.Demo;

/// <summary>ffmpeg's arguments for what is drawn; they read no file but the font. Pure.</summary>
internal static class DemoPictures
{
    private const string Studio = "LANTERN HOUSE";

    // By which a line of a name fits the poster.
    private const int LongestLine = 13;

    public static IReadOnlyList<string> Clip(DemoTitle title, int seconds, int height, string? font, string output)
    {
        var length = seconds.ToString(CultureInfo.InvariantCulture);
        var width = height * 16 / 9 / 2 * 2;
        return
        [
            .. Quiet, "-f", "lavfi", "-t", length, "-i", $"{Source(title, width, height)},fps=24{Text(font, title.Name, height / 12, height * 4 / 5)}",
            "-f", "lavfi", "-t", length, "-i", string.Create(CultureInfo.InvariantCulture, $"aevalsrc='0.05*sin(2*PI*{title.Tone}*t)*(1+0.5*sin(PI*t))':s=48000"),
            "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", "-shortest", output,
        ];
    }

    public static IReadOnlyList<string> Artwork(DemoTitle title, string? font, string output)
    {
        var (width, height) = title.ArtworkRole == "poster" ? (720, 1080) : (1280, 720);
        var size = title.ArtworkRole == "poster" ? 80 : 64;
        var lines = Lines(title.Name);
        var top = height - (lines.Count * size * 5 / 4) - 130;
        var shade = string.Create(CultureInfo.InvariantCulture, $",drawbox=y={top - 40}:h={height - top + 40}:w=iw:color=black@0.55:t=fill");
        var name = string.Concat(lines.Select((line, i) => Text(font, line, size, top + (i * size * 5 / 4))));
        // A moment in, where the moving sources have begun to be something.
        return [.. Quiet, "-f", "lavfi", "-i", $"{Source(title, width, height)},select='gte(n,48)'{shade}{name}{Text(font, Studio, 26, height - 70)}", "-frames:v", "1", output];
    }

    private static IReadOnlyList<string> Quiet { get; } = ["-v", "error", "-y"];

    private static string Source(DemoTitle title, int width, int height) => title.Picture!
        .Replace("WxH/4", string.Create(CultureInfo.InvariantCulture, $"{width / 4}x{height / 4}"), StringComparison.Ordinal)
        .Replace("SIZE", string.Create(CultureInfo.InvariantCulture, $"s={width}x{height}"), StringComparison.Ordinal)
        .Replace("W:H", string.Create(CultureInfo.InvariantCulture, $"{width}:{height}"), StringComparison.Ordinal);

    /// <summary>A line in the middle; nothing without a font.</summary>
    private static string Text(string? font, string text, int size, int top) => font is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $",drawtext=fontfile='{font}':text='{text.Replace("'", "’", StringComparison.Ordinal)}':expansion=none:fontsize={size}:fontcolor=white:x=(w-text_w)/2:y={top}");

    private static List<string> Lines(string name)
    {
        var lines = new List<string>();
        foreach (var word in name.Split(' '))
            if (lines.Count > 0 && lines[^1].Length + word.Length < LongestLine) lines[^1] += $" {word}";
            else lines.Add(word);
        return lines;
    }
}
