using System.Buffers.Binary;
using System.Text;
using FlickStream.Platform.TimedText;

namespace FlickStream.Platform.Tests.TimedText;

public sealed class SampledTextTests
{
    [Fact]
    public void Documents_count_from_the_zero_of_the_clock_and_hold_while_their_sample_does()
    {
        IReadOnlyList<TextSample> samples =
        [
            Document(0, 6000, ("101s", "103s", "One"), ("105s", "108s", "Goes on"), ("120s", "121s", "Later")),
            Document(6000, 12_000, ("105s", "108s", "Goes on"), ("109s", "110s", "One")),
            new(12_000, 13_000, "no document"u8.ToArray()),
            new(13_000, 14_000, new byte[] { 0, 0 }),
        ];
        Assert.Equal(
            [new Cue(1000, 3000, "One"), new Cue(5000, 8000, "Goes on"), new Cue(9000, 10_000, "One")],
            SampledText.Read(samples, TextFormat.Ttml, clock: 100_000));
    }

    [Fact]
    public void Boxes_of_cues_are_joined_over_samples()
    {
        IReadOnlyList<TextSample> samples =
        [
            new(500, 1000, Box("vttc", Box("iden", "7"u8), Box("sttg", "line:0 hack"u8), Box("payl", "<i>Zwölf</i> &amp; <c.x>mehr</c>"u8))),
            new(1000, 1250, (byte[])[.. Box("vttc", Box("payl", "Second"u8)), .. Box("vttc", Box("sttg", "line:0"u8), Box("payl", "<i>Zwölf</i> &amp; mehr"u8))]),
            new(1250, 2000, Box("vtte")),
            new(2000, 3000, (byte[])[0, 0, 0, 99, .. "vttc"u8]),
            new(3000, 4000, Box("vttc", Box("payl", "Second"u8))),
        ];
        Assert.Equal(
            [new Cue(500, 1250, "<i>Zwölf</i> &amp; mehr", "line:0"), new Cue(1000, 1250, "Second"), new Cue(3000, 4000, "Second")],
            SampledText.Read(samples, TextFormat.WebVtt, clock: 0));
    }

    private static TextSample Document(long start, long end, params (string Begin, string End, string Words)[] cues) => new(
        start, end, Encoding.UTF8.GetBytes(
            $"<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>{string.Concat(cues.Select(c => $"<p begin=\"{c.Begin}\" end=\"{c.End}\">{c.Words}</p>"))}</div></body></tt>"));

    private static byte[] Box(string type, ReadOnlySpan<byte> data)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 8 + data.Length);
        return [.. size, .. Encoding.ASCII.GetBytes(type), .. data];
    }

    private static byte[] Box(string type, params byte[][] inner) => Box(type, inner.SelectMany(bytes => bytes).ToArray().AsSpan());
}
