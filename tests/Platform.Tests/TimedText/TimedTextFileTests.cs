using System.Text;
using FlickStream.Platform.TimedText;

namespace FlickStream.Platform.Tests.TimedText;

public sealed class TimedTextFileTests
{
    [Theory]
    [InlineData("WEBVTT\n\n", TextFormat.WebVtt)]
    [InlineData("\n1\n00:00:01,000 --> 00:00:02,000\nx\n", TextFormat.SubRip)]
    [InlineData("[Script Info]\r\nTitle: x", TextFormat.Ass)]
    [InlineData("<?xml version=\"1.0\"?><tt:tt xmlns:tt=\"http://www.w3.org/ns/ttml\">", TextFormat.Ttml)]
    [InlineData("<html>00:00:01,000 --> 00:00:02,000", null)]
    [InlineData("Just some text.", null)]
    public void A_format_is_told_by_content(string file, TextFormat? expected) => Assert.Equal(expected, TimedTextFile.Recognise(file));

    [Fact]
    public void Encodings_are_told_by_mark_by_validity_or_guessed()
    {
        const string Text = "Grüße, “Ärger”";
        Assert.Equal((Text, "utf-8"), TextEncodings.Decode([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)]));
        Assert.Equal((Text, "utf-8"), TextEncodings.Decode(Encoding.UTF8.GetBytes(Text)));
        Assert.Equal((Text, "utf-16"), TextEncodings.Decode([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)]));
        Assert.Equal((Text, "utf-16"), TextEncodings.Decode([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)]));
        Assert.Equal(("Gr\u00fc\u00dfe \u201c", "windows-1252"), TextEncodings.Decode([(byte)'G', (byte)'r', 0xfc, 0xdf, (byte)'e', (byte)' ', 0x93]));
        Assert.Null(TextEncodings.Decode(Encoding.Unicode.GetBytes(Text)));
        Assert.Null(TextEncodings.Decode([0xff, 0xd8, 0xff, 0xe0, 0x10, 0x4a]));
    }
}
