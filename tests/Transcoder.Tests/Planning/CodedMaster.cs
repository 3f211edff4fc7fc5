using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>Tiny masters whose every frame shows its own number as eight black or white boxes, and how to read it back.</summary>
internal static class CodedMaster
{
    private const int Bits = 8;
    private const int Width = 256;
    private const int Height = 144;

    private static readonly string Boxes = string.Create(CultureInfo.InvariantCulture, $"crop=iw:ih/2,scale={Bits}:1:flags=area,format=gray");

    /// <param name="retime">Filters after numbering, such as a select that makes the rate vary; or null.</param>
    public static IEnumerable<string> Source(string rate, int frames, string? retime = null)
    {
        var boxes = Enumerable.Range(0, Bits).Select(bit => string.Create(
            CultureInfo.InvariantCulture,
            $"drawbox=x={bit * Width / Bits}:y=0:w={Width / Bits}:h={Height}:color=white:t=fill:enable='bitand(n,{1 << bit})'"));
        return
        [
            "-v", "error", "-y", "-f", "lavfi", "-i",
            $"color=black:s={Width}x{Height}:r={rate},{string.Join(',', boxes)},trim=end_frame={frames}{(retime is null ? "" : $",{retime}")}",
        ];
    }

    /// <summary>The number each frame of a video shows, in the order of showing.</summary>
    public static async Task<List<int>> NumbersAsync(string path) =>
        NumbersIn(await Ffmpeg.RunAsync("-v", "error", "-i", path, "-vsync", "passthrough", "-vf", Boxes, "-f", "rawvideo", "-"));

    /// <summary>The same of several videos, in one run: to start ffmpeg costs more than to read a second of a small picture.</summary>
    /// <param name="folder">Where it may write.</param>
    public static async Task<List<List<int>>> NumbersAsync(IReadOnlyList<string> paths, string folder)
    {
        var files = paths.Select((_, i) => Path.Combine(folder, $"numbers-{i}.gray")).ToList();
        await Ffmpeg.RunAsync([
            "-v", "error", "-y", .. paths.SelectMany<string, string>(path => ["-i", path]),
            .. files.SelectMany<string, string>((file, i) => ["-map", $"{i}:v", "-vsync", "passthrough", "-vf", Boxes, "-f", "rawvideo", file]),
        ]);
        return [.. files.Select(file => NumbersIn(File.ReadAllBytes(file)))];
    }

    /// <summary>When each frame is shown, seconds after the file's start.</summary>
    public static async Task<List<double>> TimesAsync(string path)
    {
        var root = await ProbeAsync(path, "-select_streams", "v", "-show_entries", "frame=best_effort_timestamp_time:format=start_time");
        var start = Seconds(root.GetProperty("format"), "start_time");
        return [.. root.GetProperty("frames").EnumerateArray().Select(f => Seconds(f, "best_effort_timestamp_time") - start)];
    }

    public static async Task<MediaReport> ReportAsync(string path, bool isVariable = false)
    {
        var root = await ProbeAsync(path, "-count_packets", "-show_streams", "-show_format");
        var format = root.GetProperty("format");
        var start = Seconds(format, "start_time");
        var streams = root.GetProperty("streams").EnumerateArray().ToList();
        var video = streams.Single(s => s.GetProperty("codec_type").GetString() == "video");
        var times = await TimesAsync(path);
        var rate = Rational.TryParse(video.GetProperty(isVariable ? "avg_frame_rate" : "r_frame_rate").GetString())
            ?? new Rational(times.Count - 1, (long)Math.Round(times[^1] - times[0]));
        return new MediaReport(
            format.GetProperty("format_name").GetString()!,
            Seconds(format, "duration"),
            null,
            new VideoReport(
                video.GetProperty("index").GetInt32(), "h264", Width, Height, 1, 0, rate, isVariable,
                int.Parse(video.GetProperty("nb_read_packets").GetString()!, CultureInfo.InvariantCulture),
                times[0], times[^1] - times[0] + (1 / rate.Value), "yuv420p", 8, null, null, "bt709", false),
            [.. streams.Where(s => s.GetProperty("codec_type").GetString() == "audio").Select(s => new AudioReport(
                s.GetProperty("index").GetInt32(), s.GetProperty("codec_name").GetString()!, s.GetProperty("channels").GetInt32(), 48_000, null, null,
                Seconds(s, "start_time") - start, Seconds(format, "duration"))
            {
                Layout = s.TryGetProperty("channel_layout", out var layout) && layout.GetString() != "unknown" ? layout.GetString() : null,
            })]);
    }

    /// <summary>Length of the initialisation part (ftyp and moov) of a fragmented MP4.</summary>
    public static int InitLength(ReadOnlySpan<byte> file)
    {
        var at = 0;
        while (!file.Slice(at + 4, 4).SequenceEqual("moof"u8)) at += BinaryPrimitives.ReadInt32BigEndian(file[at..]);
        return at;
    }

    private static List<int> NumbersIn(byte[] pixels) =>
        [.. pixels.Chunk(Bits).Select(row => row.Select((level, bit) => level > 128 ? 1 << bit : 0).Sum())];

    private static async Task<JsonElement> ProbeAsync(string path, params IEnumerable<string> arguments)
    {
        var json = await Ffmpeg.ProbeAsync([.. arguments, "-of", "json", path]);
        return JsonDocument.Parse(json).RootElement;
    }

    private static double Seconds(JsonElement element, string name) =>
        double.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
