using System.Globalization;
using FlickStream.Platform.TimedText;
using FlickStream.Tests.Shared;

namespace FlickStream.Platform.Tests.TimedText;

/// <summary>Codes of service 1, a picture of 100 ms between bars: <c>h0</c> defines window 0 hidden, <c>v0</c> visible, <c>t0</c> visible at the top,
/// <c>'</c> is text with <c>~</c> for spaces, all else hexadecimal.</summary>
public sealed class Cea708ReaderTests
{
    [Theory]
    // Pop-on: loaded unseen, shown, hidden.
    [InlineData("h0 'HI|8901||8a01", "100-300 HI")]
    [InlineData("h0 'HI|8901||8801", "100-300 HI")]
    [InlineData("h0 'HI|8901||8c01", "100-300 HI")]
    [InlineData("h0 'HI|8901||8f", "100-300 HI")]
    [InlineData("h0 'HI|8901||98183a00601f11", "100-300 HI")]
    // Two windows that change places in one picture; what was hidden keeps its words, what was deleted does not.
    [InlineData("h0 'ONE h1 'TWO|8901|8b03|8b03|8c01|8901", "100-200 ONE|200-300 TWO|300-400 ONE")]
    [InlineData("h0 'ONE|8801 8901||", "")]
    // Current window: what is written belongs to it.
    [InlineData("h0 h1 80 'ONE 81 'TWO|8902||8c02", "100-300 TWO")]
    // Shown again is no change, and what is hidden ends nothing.
    [InlineData("h0 'HI|8901|8901 h1 'NO 8a02 8802|8c01", "100-300 HI")]
    // Two windows at once: the upper stands above though it has the higher number.
    [InlineData("h0 'LOW t1 8a02 'HIGH|8903||8cff", "100-300 HIGH\nLOW")]
    [InlineData("t0 8a01 'HIGH|8901||8cff", "100-300 HIGH line:0")]
    // Rolls: the older row stands above the newer, until there are more than rows.
    [InlineData("v0 'ONE||0d|'TWO||0d|'THREE||8c01", "0-200 ONE|300-500 ONE\nTWO|600-800 TWO\nTHREE")]
    // Nobody speaks for long behind a row that has rolled.
    [InlineData("v0 'ONE||0d|||||||||||||8c01", "0-200 ONE|200-1500 ONE")]
    // Words after a pause in a window that is seen are a cue of their own; those without a pause are not.
    [InlineData("v0 'ONE||'~TWO||||||||||||'~THREE|8c01", "0-1400 ONE TWO|1400-1500 ONE TWO THREE")]
    // Overwritten from the row's beginning.
    [InlineData("v0 'ONE||920000 'TWO||8c01", "0-200 ONE|200-400 TWO")]
    // Backspace, a row erased, a form erased.
    [InlineData("h0 'AB 08 'C 8901|8c01", "0-100 AC")]
    [InlineData("h0 'AB 0e 'C 8901|8c01", "0-100 C")]
    [InlineData("h0 920105 'AB 0c 'C 8901||0c|", "0-200 C")]
    // Rows by the pen, a slant, line drawing, accents, notes, wide and extended characters, what no decoder has, ETX and NUL.
    [InlineData("h0 920100 'B 920000 900580 'A 900500 c9 7f 1035 182026 10a0 10e0 03 00 8901|8c01", "0-100 <i>A</i>É♪•…__\nB")]
    // What later codes carry is passed over, as are colours and the window's looks.
    [InlineData("h0 1001 100841 10104142 1018414243 108041424344 10884142434445 109003414244 43 91414243 9741424344 'X 8901|8c01", "0-100 CX")]
    // A wait of a second and a half, after which all that was held comes; one that is called off; one whose buffer is full.
    [InlineData("h0 'HI 8d0f 8901||||||||||||||||8c01", "1500-1600 HI")]
    [InlineData("h0 'HI 8dff 8901||8e|8c01", "200-300 HI")]
    [InlineData("h0 'HI 8dff 8901|'1234567890123456789012345678901|'1234567890123456789012345678901|'1234567890123456789012345678901|'1234567890123456789012345678901|'1234567890123456789012345678901|8c01", "500-600 HI12345678901234567890123456789011234567890123456789012345678901")]
    // Never taken away: it stands to the end.
    [InlineData("h0 'HI 8901||", "0-200 HI")]
    // A code that begins in one block and ends in another.
    [InlineData("h0 'HI 89|01||8a|01", "100-400 HI")]
    // Without a window there is nothing to write on; a code that is cut off does nothing.
    [InlineData("'HI 8901|89|9c38", "")]
    public void Captions(string pictures, string expected)
    {
        var (reader, packets) = (new CaptionReader(), 0);
        foreach (var (i, picture) in pictures.Split('|').Index())
        {
            var data = Codes(picture);
            reader.Add(i * 100, [0xfc, 0x80, 0x80, 0xfa, 0, 0, .. data.Length == 0 ? [] : Cea708.Packet(packets++, 1, data)]);
        }

        Assert.Equal(expected.Replace("\\n", "\n", StringComparison.Ordinal), Said(reader, "Service 1"));
    }

    [Fact]
    public void Services_are_apart_and_those_beyond_the_sixth_are_told()
    {
        var reader = new CaptionReader();
        byte[] said = [.. Cea708.Define(0, isVisible: false), (byte)'A', 0x89, 0x01];
        foreach (var (i, service) in ((int[])[2, 6, 9]).Index()) reader.Add(0, Cea708.Packet(i, service, said));
        // An empty block says nothing, nor does one of no service.
        reader.Add(100, [.. Cea708.Packet(3, 12, []), 0xff, 0x02, 0x01, 0xfe, 0x41, 0x42]);
        var (channels, unread) = reader.Finish();
        Assert.Equal(["Service 2", "Service 6"], channels.Where(c => c is { HasBegun: true, Cues: [{ Text: "A" }] }).Select(c => c.Name));
        Assert.Equal(["s2", "s6"], channels.Where(c => c.HasBegun).Select(c => c.Suffix));
        Assert.Equal(["Service 9"], unread);
    }

    [Theory]
    // A packet is missing, so that what was shown may have been taken away; where writers do not count, none is.
    [InlineData(0, 1, 3, "0-200 HI")]
    [InlineData(0, 1, 2, "0-300 HI")]
    [InlineData(0, 0, 0, "0-300 HI")]
    public void A_packet_that_is_missing_ends_what_is_shown(int first, int second, int third, string expected)
    {
        var reader = new CaptionReader();
        reader.Add(0, Cea708.Packet(first, 1, [.. Cea708.Define(0, isVisible: false), .. "HI"u8, 0x89, 0x01]));
        reader.Add(100, Cea708.Packet(second, 2, [0x80]));
        reader.Add(200, Cea708.Packet(third, 2, [0x80]));
        reader.Add(300, []);
        Assert.Equal(expected, Said(reader, "Service 1"));
    }

    [Fact]
    public void A_packet_goes_on_in_the_next_picture_and_one_that_is_shorter_than_it_says_is_taken_as_it_is()
    {
        var reader = new CaptionReader();
        var packet = Cea708.Packet(0, 1, [.. Cea708.Define(0, isVisible: false), .. "HI"u8, 0x89, 0x01]);
        // The end of a packet whose head is missing.
        reader.Add(0, [0xfe, 0x22, 0x41, .. packet.AsSpan(0, 9)]);
        reader.Add(100, packet.AsSpan(9));
        var lying = Cea708.Packet(1, 1, [0x8a, 0x01]);
        lying[1] += 5;
        reader.Add(200, lying);
        reader.Add(300, Cea708.Packet(2, 2, [0x80]));
        Assert.Equal("100-300 HI", Said(reader, "Service 1"));
    }

    [Fact]
    public void No_bytes_are_too_strange()
    {
        var reader = new CaptionReader();
        var random = new Random(1);
        var data = new byte[100];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(data);
            reader.Add(i * 40, [.. Cea708.Packet(i % 17 == 0 ? 0 : i, 1 + (i % 3), data.AsSpan(0, random.Next(100))), .. data.AsSpan(0, 3)]);
        }

        var cues = reader.Finish().Channels.Where(c => c.IsService).SelectMany(c => c.Cues).ToList();
        Assert.NotEmpty(cues);
        Assert.All(cues, cue => Assert.True(cue.End > cue.Start && cue.Text.Length > 0));
    }

    private static byte[] Codes(string picture) => [.. picture.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(code => code[0] switch
    {
        'h' or 'v' or 't' => Cea708.Define(code[1] - '0', code[0] != 'h', rows: 2, isAtTop: code[0] == 't'),
        '\'' => [.. code[1..].Select(c => (byte)(c == '~' ? ' ' : c))],
        _ => Convert.FromHexString(code),
    })];

    private static string Said(CaptionReader reader, string name) => string.Join('|', reader.Finish().Channels.Single(c => c.Name == name).Cues
        .Select(cue => string.Create(CultureInfo.InvariantCulture, $"{cue.Start}-{cue.End} {cue.Text} {cue.Settings}").TrimEnd()));
}
