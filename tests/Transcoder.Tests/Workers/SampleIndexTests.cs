using System.Text;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class SampleIndexTests
{
    [Fact]
    public void Samples_are_cut_by_their_sizes_and_stand_until_the_next()
    {
        var samples = SampleIndex.Read(
            [
                "#software: x", "#tb 0: 1/90000", "#codec_id 0: none",
                "0,          0,          0,    90000,        3, 0x0", "0,      90000,      90000,        0,        2, 0x0",
                "0,     180000,     180000,        0,        1, 0x0", "0,     270000,     270000,    90000,        9, 0x0",
            ],
            "abcdef"u8.ToArray());
        Assert.Equal(
            [(0, 1000, "abc"), (1000, 2000, "de"), (2000, long.MaxValue, "f")],
            samples.Select(s => (s.Start, s.End, Encoding.ASCII.GetString(s.Data.Span))));
    }
}
