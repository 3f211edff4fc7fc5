using System.Globalization;
using System.Runtime.InteropServices;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>Masters whose every channel sounds a tone of its own, and how to find the tones again.</summary>
internal sealed class Tones(DirectoryInfo folder)
{
    private const int Seconds = 2;
    private const int SampleRate = 48_000;

    /// <summary>Hz, of channel 0, 1, ...</summary>
    public static int Of(int channel) => 400 + (150 * channel);

    /// <summary>Tracks of the master that are the channels of one 5.1; empty where it has one track.</summary>
    public IReadOnlyList<int> Parts { get; init; } = [];

    /// <summary>Encodings that the last rendition took.</summary>
    public int Tries { get; private set; }

    /// <param name="channels">How many.</param>
    /// <param name="layout">ffmpeg's name; null for a master that does not say.</param>
    /// <param name="codec">Of the sound.</param>
    /// <param name="sampleRate">Hz.</param>
    public async Task<string> MasterAsync(int channels, string? layout, string codec = "pcm_s16le", int sampleRate = SampleRate)
    {
        var waves = string.Join('|', Enumerable.Range(0, channels).Select(c => $"0.4*sin(2*PI*{Of(c)}*t)"));
        var raw = Path.Combine(folder.FullName, "tones.raw");
        var master = Path.Combine(folder.FullName, "master.mov");
        string[] picture = ["-y", "-f", "lavfi", "-i", $"color=gray:s=128x72:r=25:d={Seconds}"];
        string[] coded = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", codec, "-v", "error", master];
        if (layout is not null)
        {
            await Ffmpeg.RunAsync([.. picture, "-f", "lavfi", "-i", $"aevalsrc={waves}:c={layout}:s={sampleRate}:d={Seconds}", .. coded]);
            return master;
        }

        // More than eight waves have no layout by which aevalsrc would know them: each is made and they are woven here.
        var samples = new short[Seconds * sampleRate * channels];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(0.4 * short.MaxValue * Math.Sin(2 * Math.PI * Of(i % channels) * (i / channels) / sampleRate));
        await File.WriteAllBytesAsync(raw, MemoryMarshal.AsBytes(samples.AsSpan()).ToArray(), TestContext.Current.CancellationToken);
        string[] sound = ["-f", "s16le", "-ar", $"{sampleRate}", "-ac", $"{channels}", "-guess_layout_max", "0", "-i", raw];
        await Ffmpeg.RunAsync([.. picture, .. sound, .. coded]);
        return master;
    }

    /// <summary>What a rendition decodes to, its channels apart.</summary>
    public async Task<IReadOnlyList<float[]>> EncodeAsync(string master, string step, PlanningOptions? options = null)
    {
        var (path, channels) = await EncodeToFileAsync(master, step, options ?? new PlanningOptions());
        var samples = MemoryMarshal.Cast<byte, float>(await Ffmpeg.RunAsync("-v", "error", "-i", path, "-f", "f32le", "-")).ToArray();
        return [.. Enumerable.Range(0, channels).Select(c => samples.Where((_, i) => i % channels == c).ToArray())];
    }

    /// <summary>Loudness of what a rendition decodes to, heard from two loudspeakers.</summary>
    public async Task<SoundLevel> LevelAsync(string master, string step, PlanningOptions options)
    {
        var (path, _) = await EncodeToFileAsync(master, step, options);
        return await MeasureAsync(FfmpegArguments.ForLoudnessOf(path));
    }

    /// <summary>How large a tone is, of 1.</summary>
    public static double Amplitude(float[] samples, int frequency)
    {
        var (from, count) = (SampleRate / 2, SampleRate);
        double real = 0, imaginary = 0;
        for (var i = 0; i < count; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * frequency * i / SampleRate);
            real += samples[from + i] * cos;
            imaginary += samples[from + i] * sin;
        }

        return 2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / count;
    }

    private async Task<(string Path, int Channels)> EncodeToFileAsync(string master, string step, PlanningOptions options)
    {
        var media = await CodedMaster.ReportAsync(master);
        if (Parts.Count > 0) media = media with { Audio = [media.Audio[0] with { Channels = Parts.Count, Layout = "5.1", Parts = Parts }] };
        var plan = EncodingPlan.For(media, options);
        var planned = plan.Steps().Single(s => s.Name == step);
        var rendition = plan.AudioOf(planned).Rendition;
        var path = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{step}.mp4"));
        var aim = options.LoudnessTarget is { } target
            ? LoudnessAim.First(await MeasureAsync(FfmpegArguments.ForLoudness(plan, planned, master)), target) : null;
        for (Tries = 1; ; Tries++)
        {
            await Ffmpeg.RunAsync(["-y", .. FfmpegArguments.ForAudio(plan, planned, master, aim?.Leveling, path)]);
            aim = aim?.After(await MeasureAsync(FfmpegArguments.ForLoudnessOf(path)));
            if (aim is null || Tries == LoudnessAim.MostTries) break;
        }

        return (path, rendition.Channels);
    }

    private static async Task<SoundLevel> MeasureAsync(IEnumerable<string> arguments) =>
        SoundLevel.TryParse(await Ffmpeg.WordsAsync(["-hide_banner", "-nostats", .. arguments]))!;
}
