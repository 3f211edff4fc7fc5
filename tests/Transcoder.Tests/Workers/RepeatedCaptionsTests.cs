using FlickStream.Platform.TimedText;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class RepeatedCaptionsTests
{
    private const string Said = "WHERE ARE WE GOING|I DO NOT KNOW,\nHE SAID|YES";

    [Theory]
    // Capitals, lines and slants are the converter's; a part of it says nothing new.
    [InlineData(Said, "Where are <i>we</i> going|I do not\nknow, he said|Yes", true)]
    [InlineData(Said, "Yes", true)]
    // Easy reading, another language, more than the channel has.
    [InlineData(Said, "Where do we go|I don't know|Yes", false)]
    [InlineData(Said, "¿ADÓNDE VAMOS?|NO SÉ, DIJO|SÍ", false)]
    [InlineData("YES", Said, false)]
    [InlineData("", "YES", false)]
    [InlineData("", "♪", false)]
    public void A_service_that_says_what_a_channel_says_is_left_out(string channel, string service, bool isLeftOut) =>
        Assert.Equal(isLeftOut ? ["Service 1"] : [], LeftOut([Of("CC1", channel), Of("Service 1", service)]));

    [Theory]
    [InlineData("en", "en", true)]
    [InlineData("en", null, true)]
    [InlineData("en", "es", false)]
    public void Languages_that_are_stated_to_differ_do(string channel, string? service, bool isLeftOut) => Assert.Equal(
        isLeftOut ? ["Service 2"] : [], LeftOut([Of("CC3", "NO"), Of("Service 2", "No")], ("CC3", channel), ("Service 2", service)));

    private static IEnumerable<string> LeftOut(CaptionChannel[] channels, params (string Name, string? Language)[] languages) => RepeatedCaptions
        .LeftOut(channels, languages.Where(l => l.Language is not null).ToDictionary(l => l.Name, l => l.Language!)).Select(channel => channel.Name);

    private static CaptionChannel Of(string name, string cues) =>
        new(name, [.. cues.Split('|', StringSplitOptions.RemoveEmptyEntries).Select((text, i) => new Cue(i * 1000, (i * 1000) + 900, text))], HasBegun: true);
}
