using FlickStream.Ingest.Inspection;
using FlickStream.Platform.Contracts;

namespace FlickStream.Ingest.Tests.Inspection;

public sealed class MonoTracksTests
{
    private const string QuickTime = "mov,mp4,m4a,3gp,3g2,mj2";

    [Theory]
    [InlineData(QuickTime, 2, "1+2 stereo")]
    [InlineData(QuickTime, 3, "1|2|3")]
    [InlineData(QuickTime, 4, "1+2 stereo|3+4 stereo")]
    [InlineData("mxf", 6, "1+2+3+4+5+6 5.1")]
    [InlineData(QuickTime, 8, "1+2+3+4+5+6 5.1|7+8 stereo")]
    [InlineData("mxf", 8, "1+2 stereo|3+4 stereo|5+6 stereo|7+8 stereo")]
    public void Channels_of_one_mix_become_one_track(string container, int tracks, string expected) =>
        Assert.Equal(expected, Join(container, [.. Enumerable.Range(1, tracks).Select(i => Mono(i))]));

    [Fact]
    public void What_is_something_else_stays_a_track_of_its_own()
    {
        Assert.Equal(
            "1+3 stereo|2|4|5|6+7 stereo|8|9",
            Join(
                QuickTime, Mono(1, "en"), Mono(2, "en") with { Role = AudioRole.Commentary }, Mono(3, "en"), Mono(4, "en") with { Title = "M&E" },
                Mono(5, "en") with { DurationSeconds = 7 }, Mono(6, "de"), Mono(7, "de"), Mono(8), Mono(9, "en") with { Channels = 2 }));
        Assert.Equal("1|2", Join(QuickTime, Mono(1, "en"), Mono(2, "fr")));
    }

    [Fact]
    public void Labels_tell_the_order()
    {
        string[] labels = ["mono", "1 channels (LFE)", "1 channels (FL)", "1 channels (FR)", "1 channels (SL)", "1 channels (SR)"];
        Assert.Equal("3+4+1+2+5+6 5.1", Join(QuickTime, [.. labels.Select((label, i) => Mono(i + 1) with { Layout = label })]));
    }

    private static string Join(string container, params AudioReport[] tracks) => string.Join('|', MonoTracks.Join(tracks, container).Select(
        t => t.Parts.Count == 0 ? $"{t.StreamIndex}" : $"{string.Join('+', t.Parts)} {t.Layout}"));

    private static AudioReport Mono(int index, string? language = null) => new(index, "pcm_s16le", 1, 48_000, language, null, 0, 10) { Layout = "mono" };
}
