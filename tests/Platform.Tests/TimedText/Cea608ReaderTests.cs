using System.Globalization;
using FlickStream.Platform.TimedText;

namespace FlickStream.Platform.Tests.TimedText;

/// <summary>Pairs of bytes a picture of 100 ms, as CEA-608 has them in field 1 or, behind a slash, field 2.</summary>
public sealed class Cea608ReaderTests
{
    [Theory]
    // Loaded unseen, shown, erased; each command twice.
    [InlineData("1420 1420 142e 142e 1470 1470 4849 142f 142f 0000 142c 142c", "CC1 700-1000 HI")]
    // Two channels of a field that are loaded and shown in turns.
    [InlineData("1420 1470 4849 1c20 1c70 4455 142f 1c2f 142c 1c2c", "CC1 600-800 HI|CC2 700-900 DU")]
    // Field 2, in which extended data come between a caption's pairs and are no captions.
    [InlineData("/1520 /1470 /4849 /0105 /4141 /0f1d /1520 /484f /152f /152c", "CC3 800-900 HIHO")]
    // What another command of the same channel, with no text, does to the first.
    [InlineData("1420 1470 4849 142f 1420 142e 142c", "CC1 300-600 HI")]
    // Two rows that roll: the older stands above the newer.
    [InlineData("1425 142d 1470 4f4e 4500 142d 5457 4f00 142d 142c", "CC1 300-500 ONE|CC1 600-800 ONE\nTWO")]
    // Painted as it comes; a row at the top stands at the top.
    [InlineData("1429 1140 4849 142c", "CC1 200-300 HI line:0")]
    // Slant, an accent in the place of the letter before it, a note, and what WebVTT must escape.
    [InlineData("1420 1470 4100 112e 4245 1221 1137 3c00 142f 142c", "CC1 800-900 A <i>BÉ♪&lt;</i>")]
    // A letter taken back, a row's end erased, tabs.
    [InlineData("1420 1470 4142 1421 1722 4300 142f 142c", "CC1 600-700 A  C")]
    // A full row, of which the last character is replaced, taken back and erased.
    [InlineData("1420 1470 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 1221 142f 142c", "CC1 1900-2000 ABABABABABABABABABABABABABABABAÉ")]
    [InlineData("1420 1470 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4300 1421 142f 142c", "CC1 2000-2100 ABABABABABABABABABABABABABABABA")]
    [InlineData("1420 1470 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 4142 1424 142f 142c", "CC1 1900-2000 ABABABABABABABABABABABABABABABA")]
    // Text mode is no captions.
    [InlineData("142b 1470 4849 142f 142c", "")]
    [InlineData("4849 1470 4849", "")]
    // Never erased: it stands to the end.
    [InlineData("1420 1470 4849 142f 0000 0000", "CC1 300-500 HI")]
    public void Captions(string pairs, string expected)
    {
        var reader = new Cea608Reader();
        foreach (var (i, pair) in pairs.Split(' ').Index())
        {
            var bytes = Convert.FromHexString(pair.TrimStart('/'));
            // The other field is padding; a service of CEA-708 is in no channel.
            byte field = (byte)(pair.StartsWith('/') ? 0xfd : 0xfc);
            reader.Add(i * 100, [(byte)(field ^ 1), 0x80, 0x80, field, (byte)(bytes[0] | 0x80), bytes[1], 0xff, 0x48, 0x49, 0xf8, 0x14, 0x2c]);
        }

        Assert.Equal(expected, string.Join('|', reader.Finish().Index().SelectMany(channel => channel.Item.Cues.Select(cue => string.Create(
            CultureInfo.InvariantCulture, $"CC{channel.Index + 1} {cue.Start}-{cue.End} {cue.Text} {cue.Settings}").TrimEnd()))));
    }

    [Fact]
    public void Full_screens_shown_in_turns_take_no_more_room_than_a_file_of_text_may()
    {
        var reader = new Cea608Reader();
        var time = 0;
        void Send(int first, int second) => reader.Add(time += 20, [0xfc, (byte)(first | 0x80), (byte)second]);
        for (var screen = 0; screen < 2; screen++)
        {
            Send(0x14, 0x20);
            for (var row = 0; row < 16; row++)
            {
                Send(0x10 + (row / 2), row % 2 == 0 ? 0x40 : 0x60);
                for (var column = 0; column < 32; column += 2) Send('&', '&');
            }

            Send(0x14, 0x2f);
        }

        for (var i = 0; i < 20_000; i++) Send(i % 2 == 0 ? 0x14 : 0x1c, 0x2f);

        Assert.InRange(reader.Finish()[0].Cues.Sum(cue => cue.Text.Length), TimedTextFile.MaxBytes, TimedTextFile.MaxBytes * 5 / 4);
    }

    [Fact]
    public void No_bytes_are_too_strange()
    {
        var reader = new Cea608Reader();
        var random = new Random(1);
        var bytes = new byte[93];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            reader.Add(i * 40, bytes);
        }

        Assert.All(reader.Finish().SelectMany(channel => channel.Cues), cue => Assert.True(cue.End >= cue.Start && cue.Text.Length > 0));
    }
}
