using System.Collections.Concurrent;
using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;
using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Tests.Packaging;

/// <summary>A small title at some rate, and chunks of it as the encoder writes them.</summary>
internal sealed record VideoSample(Rational Rate, VideoCodec Codec = VideoCodec.H264)
{
    public const string Asset = "asset";
    public const string Revision = "revision";
    private static readonly ConcurrentDictionary<string, Task<byte[]>> Encoded = new();

    public int Gop => (int)(Rate * 2).Round();

    public int Timescale => (int)(Rate.Numerator * (Rate.Denominator == 1 ? 1000 : 1));

    public int TicksPerFrame => (int)(Timescale / Rate).Numerator;

    public SegmentGrid Grid => new(Rate, Gop, Gop * 3, [1, 1, 2, 4]);

    public VideoRendition Rendition { get; init; } =
        new("v90", 160, 90, Codec == VideoCodec.H264 ? "avc1.64000c" : null, 500_000, 0) { Codec = Codec };

    /// <summary>Encrypts what is packaged.</summary>
    internal RenditionKey? Key { get; init; }

    public VideoChunk Chunk(int number, long frames, long tolerance = 0) =>
        new(Asset, Revision, Rendition with { Timescale = Timescale }, Grid, number, frames, tolerance) { Key = Key };

    public string Folder => $"{Presentation.Folder(Asset, Revision)}/{Rendition.Name}";

    /// <summary>Frames [first, first + frames) of a moving picture with a counter, encoded as one chunk.</summary>
    public Task<byte[]> EncodeAsync(long first, long frames, params string[] more) =>
        Encoded.GetOrAdd(FormattableString.Invariant($"{Codec} {Rate} {first} {frames} {string.Join(' ', more)}"), _ => RunAsync(first, frames, more));

    private async Task<byte[]> RunAsync(long first, long frames, string[] more)
    {
        var file = Path.GetTempFileName();
        try
        {
            await Tool.FfmpegAsync(
            [
                "-f", "lavfi", "-i", $"testsrc2=s=160x90:r={Rate}",
                "-vf", FormattableString.Invariant($"trim=start_frame={first},setpts=PTS-STARTPTS,format=yuv420p"), "-frames:v", Text(frames),
                .. Encoder(), "-crf", "30", "-maxrate", "500k", "-bufsize", "1000k",
                "-f", "mp4", "-movflags", "+cmaf+frag_keyframe+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer",
                "-use_editlist", "0", "-avoid_negative_ts", "disabled", "-video_track_timescale", Text(Timescale), .. more, file,
            ]);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private string[] Encoder() => Codec switch
    {
        VideoCodec.H264 =>
        [
            "-c:v", "libx264", "-preset", "veryfast", "-threads", "1", "-profile:v", "high", "-level:v", "1.2",
            "-g", Text(Gop), "-keyint_min", Text(Gop), "-sc_threshold", "0",
        ],
        VideoCodec.Hevc =>
        [
            "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params",
            FormattableString.Invariant($"log-level=error:info=0:pools=none:keyint={Gop}:min-keyint={Gop}:scenecut=0:open-gop=0"),
        ],
        _ => ["-c:v", "libsvtav1", "-preset", "12", "-g", Text(Gop), "-svtav1-params", FormattableString.Invariant($"lp=1:keyint={Gop}:scd=0")],
    };

    public async Task<PackagedChunk> PackageAsync(MemoryBlobs blobs, int number, long frames, long tolerance = 0)
    {
        var bytes = await EncodeAsync((long)Grid.FirstSegmentOf(number) * Grid.SegmentFrames, frames);
        return await PackageAsync(blobs, bytes, Chunk(number, frames, tolerance));
    }

    public static Task<PackagedChunk> PackageAsync(MemoryBlobs blobs, byte[] bytes, VideoChunk chunk) =>
        new VideoPackager(blobs).PackageAsync(new MemoryStream(bytes), chunk, TestContext.Current.CancellationToken);

    /// <summary>What a player has after the init segment and the named segments.</summary>
    public byte[] Join(MemoryBlobs blobs, params int[] segments) =>
        [.. blobs.Stored[$"{Folder}/init.mp4"], .. segments.SelectMany(n => blobs.Stored[$"{Folder}/{n}.m4s"])];

    /// <summary>Time in ticks and hash of each decoded picture.</summary>
    /// <param name="media">Init segment and segments.</param>
    /// <param name="isCut">It ends within a box.</param>
    /// <param name="key">Decrypts it.</param>
    public static async Task<(long Time, string Hash)[]> PicturesAsync(byte[] media, bool isCut = false, byte[]? key = null)
    {
        string[] decryption = key is null ? [] : ["-decryption_key", Convert.ToHexString(key)];
        // The demuxer of media that was cut says so.
        var text = await Tool.FfmpegAsync(media, ["-v", isCut ? "fatal" : "error", "-copyts", .. decryption, "-i", "pipe:0", "-map", "0:v", "-fps_mode", "passthrough", "-enc_time_base", "-1",
            "-f", "framemd5", "-"]);
        return [.. System.Text.Encoding.ASCII.GetString(text).Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(','))
            .Select(cells => (long.Parse(cells[2], CultureInfo.InvariantCulture), cells[5].Trim()))];
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
