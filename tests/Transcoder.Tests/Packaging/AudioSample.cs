using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;
using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Tests.Packaging;

/// <summary>A sound track as the encoder streams it, and what packaging makes of it.</summary>
internal sealed class AudioSample(int videoSegments, int sampleRate = 48_000, string rate = "24/1")
{
    private static readonly ConcurrentDictionary<string, Task<byte[]>> Encoded = new();

    public MemoryBlobs Blobs { get; } = new();

    public List<SegmentRun> Runs { get; } = [];

    public AudioTrack Track { get; init; } = new(
        "asset",
        "revision",
        new AudioRendition("a1", "audio", null, "Sound", true, 1, sampleRate, "mp4a.40.2", 64_000),
        new VideoSample(Rational.TryParse(rate)!.Value).Grid,
        videoSegments);

    public AudioPackager Packager(int recordedRuns = 0) => new(
        Blobs,
        Track,
        (run, _) =>
        {
            Runs.Add(run);
            return Task.CompletedTask;
        },
        recordedRuns);

    /// <summary>Sound with a click at every whole second, encoded to AAC as it is streamed.</summary>
    public Task<byte[]> EncodeAsync(double seconds, params string[] more)
    {
        var length = seconds.ToString(CultureInfo.InvariantCulture);
        return Encoded.GetOrAdd($"{sampleRate} {length} {string.Join(' ', more)}", _ => Tool.FfmpegAsync(
        [
            "-f", "lavfi", "-i", $"aevalsrc=0.9*eq(mod(n\\,{sampleRate})\\,0)+0.02*random(0):s={sampleRate}:d={length}",
            "-c:a", "aac", "-b:a", "64k", "-threads", "1", "-flags:a", "+bitexact", "-fflags", "+bitexact",
            "-f", "mp4", "-movflags", "+cmaf+empty_moov+default_base_moof+skip_trailer", "-frag_duration", "1000000",
            "-use_editlist", "0", "-avoid_negative_ts", "disabled", "-flush_packets", "1", .. more, "pipe:1",
        ]));
    }

    public async Task<PackagedAudio> PackageAsync(byte[] media, int recordedRuns = 0)
    {
        var packager = Packager(recordedRuns);
        await packager.ReadAsync(new MemoryStream(media), TestContext.Current.CancellationToken);
        return await packager.FinishAsync(TestContext.Current.CancellationToken);
    }

    public byte[] Join(params IEnumerable<int> segments) =>
        [.. Blobs.Stored[$"{Track.Folder}/init.mp4"], .. segments.SelectMany(n => Blobs.Stored[$"{Track.Folder}/{n}.m4s"])];

    /// <param name="media">Init segment and segments.</param>
    /// <param name="key">Decrypts it.</param>
    public static async Task<float[]> DecodeAsync(byte[] media, byte[]? key = null)
    {
        string[] decryption = key is null ? [] : ["-decryption_key", Convert.ToHexString(key)];
        return MemoryMarshal.Cast<byte, float>(await Tool.FfmpegAsync(media, [.. decryption, "-i", "pipe:0", "-f", "f32le", "pipe:1"])).ToArray();
    }

    /// <summary>Where the loudest sample within half a second of <paramref name="about"/> is.</summary>
    public static int ClickNear(float[] samples, int about)
    {
        var from = Math.Max(0, about - 20_000);
        var window = samples.AsSpan(from, Math.Min(40_000, samples.Length - from));
        var loudest = 0;
        for (var i = 0; i < window.Length; i++)
            if (Math.Abs(window[i]) > Math.Abs(window[loudest])) loudest = i;
        return from + loudest;
    }
}
