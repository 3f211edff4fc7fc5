using System.Globalization;
using FlickStream.Tests.Shared;

namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private static IEnumerable<Master> Sound =>
    [
        Heard("stereo-24-bit", "Stereo", "m.mov", "pan=stereo|c0=c0|c1=c0", "pcm_s24le"),
        // One side of two; small sound has half of it on both.
        Heard("one-side", "Stereo", "m.mov", "pan=stereo|c0=c0|c1=0*c0", "pcm_s16le") with
        {
            Expected = new() { Lufs = Card.Lufs - 3, Groups = [(2, Card.Lufs - 3), (1, Card.Lufs - 6)] },
        },
        Heard("float", "Sample formats", "m.mov", "aresample=44100", "pcm_f32le"),
        Heard("telephone", "Sample rates", "m.mov", "aresample=8000", "pcm_mulaw"),
        Heard("192-khz", "Sample rates", "m.mkv", "aresample=192000", "flac"),
        // Dialogue is in the centre, and is heard on both sides 3 dB lower.
        Heard("surround-5.1", "5.1", "m.mkv", "pan=5.1|FC=c0", "ac3") with
        {
            Expected = new() { Lufs = Card.Lufs - 3, Groups = [(2, Card.Lufs - 3), (1, Card.Lufs - 3), (6, Card.Lufs - 3)] },
        },
        Heard("surround-opus", "5.1", "m.webm", "pan=5.1|FC=c0", "libopus") with { Expected = new() { Lufs = Card.Lufs - 3 } },
        Heard("surround-7.1", "7.1", "m.mkv", "pan=7.1|FC=c0", "flac") with { Expected = new() { Lufs = Card.Lufs - 3 } },
        Heard("quad", "Odd layouts", "m.mkv", "pan=quad|FL=c0|BL=0*c0", "flac") with { Expected = new() { Lufs = Card.Lufs - 3 } },
        Heard("2.1", "Odd layouts", "m.mov", "pan=2.1|FL=c0|FR=c0|LFE=0*c0", "pcm_s24le"),
        // Syllables 26 dB below full scale; a clipped mix; hits far above a bed; a film's six channels.
        Loud("quiet-mix-23", "stereo", "0.05*pow(sin(2*PI*2.5*t),2)*sin(2*PI*600*t)|0.05*pow(sin(2*PI*2.5*t),2)*sin(2*PI*700*t)", "-23"),
        // Its hiss would have to be raised by 30 dB.
        Loud("faint", "stereo", "0.005*sin(2*PI*600*t)|0.005*sin(2*PI*700*t)") with
        {
            Expected = new() { Beeps = false, Lufs = -26.6, TruePeak = -1, Notices = ["loudness_missed", "loudness_missed"] },
        },
        Loud("quiet-mix", "stereo", "0.05*pow(sin(2*PI*2.5*t),2)*sin(2*PI*600*t)|0.05*pow(sin(2*PI*2.5*t),2)*sin(2*PI*700*t)"),
        Loud("clipped-mix", "stereo", "clip(4*sin(2*PI*110*t)+2*sin(2*PI*277*t)+random(0)-0.5,-1,1)|clip(4*sin(2*PI*111*t)+2*sin(2*PI*660*t),-1,1)"),
        Loud("hits", "stereo", "0.06*sin(2*PI*220*t)+0.98*sgn(sin(2*PI*700*t))*exp(-mod(t,0.3)*25)|0.06*sin(2*PI*220*t)+0.9*(random(0)*2-1)*exp(-mod(t,0.3)*25)") with
        {
            // The stereo of its renditions keeps its peaks, and so stays below.
            Expected = new() { Beeps = false, Lufs = -19.5, TruePeak = -1, Notices = ["loudness_missed"] },
        },
        Loud("film", "5.1", "0.1*sin(2*PI*200*t)|0.1*sin(2*PI*250*t)|0.5*pow(sin(2*PI*2.5*t),2)*sin(2*PI*600*t)|0.6*sin(2*PI*50*t)|0.1*sin(2*PI*300*t)|0.1*sin(2*PI*350*t)"),
        new("six-channels", "Channels without a layout", "m.mov",
            [.. Card.Sound(0.5), "-af", "pan=5.1|FC=c0", "-f", "s16le", "six.raw"],
            Plain([.. Card.Picture(), .. Raw(6)], "m.mov", "-c:a", "copy"))
        {
            Expected = new() { Notices = ["sound_layout_guessed"], Lufs = Card.Lufs - 3 },
        },
        // An advertisement in stereo before a film in 5.1, whose dialogue is 3 dB lower from two loudspeakers: on the whole, half of it.
        new("stereo-then-surround", "Sound that changes", "m.ts",
            Plain(Card.Inputs(seconds: 2), "a.ts", "-c:a", "ac3", "-af", "pan=stereo|c0=c0|c1=c0"),
            Plain(Card.Inputs(seconds: 2, number: "n+48"), "b.ts", "-c:a", "ac3", "-af", "pan=5.1|FC=c0", "-output_ts_offset", "2"),
            ["-i", "concat:a.ts|b.ts", "-c", "copy", "-copyts", "m.ts"])
        {
            Expected = new()
            {
                Frames = 96, Again = 2.5, Lufs = Card.Lufs - 1.2, Notices = ["sound_changes", "sound_changes", "sound_changes"],
            },
        },
        new("two-languages", "Several tracks", "m.mkv", Plain(
            [.. Card.Inputs(), .. Card.Sound(0.2)], "m.mkv",
            "-map", "0", "-map", "1", "-map", "2", "-metadata:s:a:0", "language=ger", "-metadata:s:a:1", "language=fre"))
        {
            Expected = new() { Languages = ["de", "fr"], Roles = ["main", "alternate"] },
        },
        new("commentary-first", "Several tracks", "m.mkv", Plain(
            [.. Card.Picture(), .. Card.Sound(0.2), .. Card.Sound(0.5)], "m.mkv",
            "-map", "0", "-map", "1", "-map", "2", "-disposition:a:0", "comment+default", "-disposition:a:1", "default",
            "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=eng"))
        {
            Expected = new() { Languages = ["en", "en"], Roles = ["commentary", "main"] },
        },
        new("mono-pair", "Mono tracks", "m.mov", Plain(Card.Inputs(), "m.mov", "-map", "0", "-map", "1", "-map", "1"))
        {
            Expected = new() { Notices = ["mono_tracks_joined"] },
        },
        // Dialogue is in the third of six.
        new("mono-six", "Mono tracks", "m.mov", Plain(
            [.. Card.Inputs(), "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono:d=1.5"], "m.mov",
            "-map", "0", "-map", "2", "-map", "2", "-map", "1", "-map", "2", "-map", "2", "-map", "2", "-c:a", "pcm_s24le"))
        {
            Expected = new()
            {
                Notices = ["mono_tracks_joined"], Lufs = Card.Lufs - 3, Groups = [(2, Card.Lufs - 3), (1, Card.Lufs - 3), (6, Card.Lufs - 3)],
            },
        },
        new("long-sound", "Sound longer than the picture", "m.mkv", Plain([.. Card.Picture(), .. Card.Sound(0.5, 4)], "m.mkv"))
        {
            Expected = new() { Notices = ["sound_outlasts_picture"] },
        },
        new("silent", "No sound", "m.mp4", [.. Card.Picture(), "-vf", Card.Bt709(), .. X264, "m.mp4"]) { Expected = new() { Beeps = false } },
        Heard("wavpack", "Sample formats", "m.mkv", "anull", "wavpack"),
        new("dolby-e", "Data in place of sound", "m.mov", Plain(
            [.. Card.Inputs(), "-f", "s24le", "-ar", "48000", "-ac", "2", "-i", "bursts.raw"], "m.mov", "-map", "0", "-map", "1", "-map", "2", "-c:a", "pcm_s24le"))
        {
            Files = new Dictionary<string, byte[]> { ["bursts.raw"] = DataBurstSample.Stereo(1.5) },
            Expected = new() { Notices = ["sound_is_data"], Languages = ["-"] },
        },
        new("no-sound-that-decodes", "Unsupported sound", "m.mkv",
            [.. Card.Inputs(), "-vf", Card.Bt709(), .. X264, "-c:a", "gsm_ms", "-ar", "8000", "-ac", "1", "m.mkv"])
        {
            Expected = new() { Refusal = "unsupported_codec" },
        },
        new("some-sound-that-decodes", "Unsupported sound", "m.mkv",
            [
                .. Card.Inputs(), "-map", "0", "-map", "1", "-map", "1", "-vf", Card.Bt709(), .. X264, .. Aac, "-c:a:0", "gsm_ms", "-ar:a:0", "8000", "-ac:a:0", "1", "m.mkv",
            ])
        {
            Expected = new() { Notices = ["sound_left_out"] },
        },
    ];

    /// <summary>The card with its beep through a filter, in a codec.</summary>
    private static Master Heard(string name, string kind, string file, string filter, string codec) => new(
        name, kind, file,
        file.EndsWith(".webm", StringComparison.Ordinal)
            ? [.. Card.Inputs(), "-vf", Card.Bt709(), "-af", filter, "-c:v", "libvpx", "-deadline", "realtime", "-crf", "4", "-b:v", "4M", "-c:a", codec, file]
            : Plain(Card.Inputs(), file, "-af", filter, "-c:a", codec));

    /// <summary>Brought to a loudness, the louder of the targets unless it is told.</summary>
    private static Master Loud(string name, string layout, string waves, string target = "-16") => new(
        name, "Loudness", "m.mkv",
        Plain([.. Card.Picture(), "-f", "lavfi", "-i", $"aevalsrc='{waves}':c={layout}:s=48000:d=1.5"], "m.mkv", "-c:a", "flac"))
    {
        Loudness = target,
        Expected = new() { Beeps = false, Lufs = double.Parse(target, CultureInfo.InvariantCulture), TruePeak = -1 },
    };

    private static IReadOnlyList<string> Raw(int channels) =>
        ["-f", "s16le", "-ar", "48000", "-ac", channels.ToString(CultureInfo.InvariantCulture), "-guess_layout_max", "0", "-i", "six.raw"];
}
