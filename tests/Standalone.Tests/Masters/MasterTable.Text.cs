namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private const string Cue = "1\n00:00:00,500 --> 00:00:01,250\n<i>Zwölf</i> & mehr\n";

    private static IEnumerable<Master> Text =>
    [
        WithText("text-srt", "m.mkv", "srt", "ger", "subtitles"),
        WithText("text-ass", "m.mkv", "ass", "eng", "forced", "-disposition:s:0", "forced"),
        WithText("text-webvtt", "m.mkv", "webvtt", "fre", "sdh", "-disposition:s:0", "hearing_impaired"),
        WithText("text-mov", "m.mp4", "mov_text", "spa", "subtitles"),
        WithText("text-mov-sdh", "m.mov", "mov_text", "eng", "sdh", "-metadata:s:s:0", "handler_name=English SDH"),
        new("text-of-pictures", "Text", "m.mkv", Plain(Card.Inputs(), "bare.mp4"), ["-i", "bare.mp4", "-f", "sup", "-i", "cue.sup", "-map", "0", "-map", "1", "-c", "copy", "m.mkv"])
        {
            // A display set of Presentation Graphics that shows nothing, at half a second.
            Files = new Dictionary<string, byte[]>
            {
                ["cue.sup"] = Convert.FromHexString(
                    "50470000AFC8" + "00000000" + "16000B" + "014000B410000180000000" + "50470000AFC8" + "00000000" + "170001" + "00"
                    + "50470000AFC8" + "00000000" + "800000"),
            },
            Expected = new() { Notices = ["picture_subtitles"], Texts = [] },
        },
    ];

    private static Master WithText(string name, string file, string codec, string language, string role, params string[] arguments) => new(
        name, "Text", file,
        Plain(Card.Inputs(), "bare.mp4"),
        ["-i", "bare.mp4", "-i", "cue.srt", "-map", "0", "-map", "1", "-c", "copy", "-c:s", codec, "-metadata:s:s:0", $"language={language}", .. arguments, file])
    {
        Files = new Dictionary<string, byte[]> { ["cue.srt"] = System.Text.Encoding.UTF8.GetBytes(Cue) },
        Expected = new() { Texts = [role] },
    };
}
