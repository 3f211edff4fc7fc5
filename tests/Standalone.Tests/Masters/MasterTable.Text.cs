using System.Text;
using FlickStream.Tests.Shared;

namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private const string Cue = "1\n00:00:00,500 --> 00:00:01,250\n<i>Zwölf</i> & mehr\n";

    private static IEnumerable<Master> Text =>
    [
        WithText("text-srt", "m.mkv", "srt", "ger", "subtitles de"),
        WithText("text-ass", "m.mkv", "ass", "eng", "forced en", "-disposition:s:0", "forced"),
        WithText("text-webvtt", "m.mkv", "webvtt", "fre", "sdh fr", "-disposition:s:0", "hearing_impaired"),
        WithText("text-mov", "m.mp4", "mov_text", "spa", "subtitles es"),
        WithText("text-mov-sdh", "m.mov", "mov_text", "eng", "sdh en", "-metadata:s:s:0", "handler_name=English SDH"),
        new("text-of-pictures", "Text", "m.mkv", Plain(Card.Inputs(), "bare.mp4"), ["-i", "bare.mp4", "-f", "sup", "-i", "cue.sup", "-map", "0", "-map", "1", "-c", "copy", "m.mkv"])
        {
            Files = new Dictionary<string, byte[]> { ["cue.sup"] = PictureSubtitles.Sup },
            Expected = new() { Notices = ["picture_subtitles"] },
        },
        // Matroska pads its names with zeros.
        new("text-vobsub", "Text", "m.mkv", Plain(Card.Inputs(), "bare.mp4"), ["-i", "bare.mp4", "-f", "sup", "-i", "cue.sup", "-map", "0", "-map", "1", "-c", "copy", "m.mkv"])
        {
            Files = new Dictionary<string, byte[]> { ["cue.sup"] = PictureSubtitles.Sup },
            Edit = file => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace("S_HDMV/PGS", "S_VOBSUB\0\0", StringComparison.Ordinal)),
            Expected = new() { Notices = ["picture_subtitles"] },
        },
        Sampled("text-stpp", "stpp", (0, 1, Document), (1, 1.5, Document)),
        Sampled("text-wvtt", "wvtt", (0.5, 1, WebVttCue), (1, 1.25, WebVttCue)),
        Sampled("text-608", "c608", (0.5, 1.25, Captions(Shown)), (1.25, 1.5, Captions([0x14, 0x2c, 0x14, 0x2c]))),
    ];

    private static readonly byte[] Document = Encoding.UTF8.GetBytes(
        "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:tts=\"http://www.w3.org/ns/ttml#styling\"><body><div><p begin=\"0.5s\" end=\"1.25s\">"
        + "<span tts:fontStyle=\"italic\">Zwölf</span> &amp; mehr</p></div></body></tt>");

    private static byte[] WebVttCue => TextSamples.Box("vttc", TextSamples.Box("payl", Encoding.UTF8.GetBytes("<i>Zwölf</i> &amp; mehr")));

    // Load, erase, row 15 in italics, a letter of the German set instead of the one before it, plain again, show.
    private static int[] Shown =>
    [
        0x14, 0x20, 0x14, 0x20, 0x14, 0x2e, 0x14, 0x2e, 0x14, 0x6e, 0x14, 0x6e, 'Z', 'w', 'o', 0, 0x13, 0x33, 0x13, 0x33, 'l', 'f',
        0x11, 0x20, 0x11, 0x20, '&', ' ', 'm', 'e', 'h', 'r', 0x14, 0x2f, 0x14, 0x2f,
    ];

    private static byte[] Captions(int[] pairs) => TextSamples.Box("cdat", pairs.Select(Cea608.Odd));

    private static Master Sampled(string name, string tag, params (double From, double To, byte[] Data)[] samples) =>
        WithText(name, "m.mp4", "mov_text", "ger", "subtitles de") with
        {
            Files = new Dictionary<string, byte[]> { ["cue.srt"] = TextSamples.Placeholders(samples) },
            Edit = file => TextSamples.Exchange(file, tag, samples),
        };

    private static Master WithText(string name, string file, string codec, string language, string role, params string[] arguments) => new(
        name, "Text", file,
        Plain(Card.Inputs(), "bare.mp4"),
        ["-i", "bare.mp4", "-i", "cue.srt", "-map", "0", "-map", "1", "-c", "copy", "-c:s", codec, "-metadata:s:s:0", $"language={language}", .. arguments, file])
    {
        Files = new Dictionary<string, byte[]> { ["cue.srt"] = Encoding.UTF8.GetBytes(Cue) },
        Expected = new() { Texts = [role] },
    };
}
