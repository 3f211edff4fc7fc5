namespace FlickStream.Standalone.Tests.Masters;

internal static partial class MasterTable
{
    private static readonly string[] Cover = ["-f", "lavfi", "-i", "color=red:s=640x640", "-frames:v", "1", "cover.png"];

    private static IEnumerable<Master> SoundAlone =>
    [
        WithCover("album-mp3", "m.mp3", "-c:a", "libmp3lame", "-q:a", "2", "-id3v2_version", "3"),
        WithCover("album-m4a", "m.m4a", "-c:a", "aac"),
        Alone("song-flac", "m.flac", "-c:a", "flac"),
        Alone("wav-96-khz-mono", "m.wav", "-ar", "96000", "-c:a", "pcm_s24le") with
        {
            Expected = Expected.SoundAlone(beep: 0.5) with { HasPoster = false },
        },
        Alone("around-m4a", "m.m4a", "-af", "pan=5.1|FC=c0", "-c:a", "aac", "-b:a", "256k") with
        {
            Expected = Expected.SoundAlone(beep: 0.5) with { HasPoster = false, Lufs = Card.Lufs - 3 },
        },
        Alone("opus-ogg", "m.ogg", "-c:a", "libopus"),
        Alone("bare-mp3", "m.mp3", "-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0", "-id3v2_version", "0") with
        {
            // Nothing in it tells the encoder's delay, of 1105 samples.
            Expected = Expected.SoundAlone(beep: 0.525) with { HasPoster = false },
        },
        new("words-alone", "Neither picture nor sound", "m.mkv", ["-i", "words.srt", "m.mkv"])
        {
            Files = new Dictionary<string, byte[]> { ["words.srt"] = "1\n00:00:00,500 --> 00:00:01,250\nZwei\n"u8.ToArray() },
            Expected = new() { Refusal = "no_video" },
        },
    ];

    private static Master Alone(string name, string file, params string[] codec) =>
        new(name, "Sound alone", file, [.. Card.Sound(0.5), .. codec, file]) { Expected = Expected.SoundAlone(beep: 0.5) with { HasPoster = false } };

    private static Master WithCover(string name, string file, params string[] codec) => new(
        name, "Cover art", file, Cover,
        [.. Card.Sound(0.5), "-i", "cover.png", "-map", "0", "-map", "1", .. codec, "-c:v", "copy", "-disposition:v:0", "attached_pic", file])
    {
        Expected = Expected.SoundAlone(beep: 0.5),
    };
}
