using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Transcoder.Packaging.Encryption;
using FlickStream.Transcoder.Tests.Packaging;

namespace FlickStream.Transcoder.Tests.Encryption;

/// <summary>Where slice data begins, by us and by ffmpeg's own parser.</summary>
public sealed partial class SliceHeaderTests
{
    [Theory]
    [InlineData("bframes=3:weightb=1:ref=4:weightp=2:b-pyramid=normal")]
    [InlineData("slices=4:ref=3")]
    [InlineData("cabac=0:weightp=1:ref=2")]
    [InlineData("interlaced=1:ref=3")]
    [InlineData("no-deblock=1:bframes=2:direct=temporal")]
    [InlineData("no-deblock=1:keyint=4:bframes=0:ref=1")]
    public Task An_H264_slice_header_ends_where_ffmpeg_says(string parameters) => AgreeAsync(
        ["-c:v", "libx264", "-x264-params", parameters],
        media => new AvcSliceHeader(AvcParameterSets.Parse(Box(media, "avcC").AsSpan(8))),
        nal => (nal & 0x1F) is 1 or 5);

    [Theory]
    [InlineData("bframes=4:ref=4:weightp=1:weightb=1:b-pyramid=1:open-gop=0")]
    [InlineData("slices=2:ref=3:ctu=16:wpp=1")]
    [InlineData("wpp=1:pools=1:no-sao=1:no-deblock=1")]
    [InlineData("bframes=0:ref=1:tskip=1:aq-mode=2:keyint=12")]
    [InlineData("profile=main10:ref=5:bframes=8:rd=2:limit-refs=0:temporal-layers=2")]
    public Task An_HEVC_slice_header_ends_where_ffmpeg_says(string parameters) => AgreeAsync(
        ["-c:v", "libx265", "-x265-params", $"log-level=none:{parameters}", "-tag:v", "hvc1", "-preset", "fast"],
        media => HevcSliceHeader.Parse(Box(media, "hvcC").AsSpan(8)),
        nal => ((nal >> 1) & 0x3F) <= 21);

    private static async Task AgreeAsync(string[] encoder, Func<byte[], ISliceHeader> headersOf, Func<byte, bool> isSlice)
    {
        var path = Path.ChangeExtension(Path.GetTempFileName(), ".mp4");
        try
        {
            await Tool.FfmpegAsync(
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24,fade=in:0:24", "-frames:v", "40", "-pix_fmt", "yuv420p", .. encoder, path,
            ]);
            var media = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var expected = EndsOf(await Tool.TraceHeadersAsync(path));
            Assert.True(expected.Count >= 40, $"ffmpeg found {expected.Count} slices");
            Assert.Equal(expected, Clear(media, headersOf(media), isSlice));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Bytes from the NAL unit's header to the end of the slice's, rounded up: what emulation prevention does not lengthen.</summary>
    private static List<int> EndsOf(string[] trace)
    {
        var ends = new List<int>();
        var isSlice = false;
        foreach (var line in trace)
        {
            if (Title().IsMatch(line) && (isSlice = SliceTitle().IsMatch(line))) ends.Add(0);
            if (!isSlice || Field().Match(line) is not { Success: true } field) continue;
            if (field.Groups[2].Value == "cabac_alignment_one_bit") continue;
            ends[^1] = (int.Parse(field.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + field.Groups[3].Length + 7) / 8;
        }

        return ends;
    }

    /// <summary>A box with its header, wherever it is.</summary>
    private static byte[] Box(byte[] media, string type)
    {
        var at = Mp4Edit.Find(media, type, 0);
        return media.AsSpan(at, BinaryPrimitives.ReadInt32BigEndian(media.AsSpan(at))).ToArray();
    }

    private static List<int> Clear(byte[] media, ISliceHeader headers, Func<byte, bool> isSlice)
    {
        var found = new List<int>();
        for (var rest = Box(media, "mdat").AsSpan(8); !rest.IsEmpty;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            var nal = rest.Slice(4, length);
            if (isSlice(nal[0])) found.Add(Unescaped(nal, headers.ClearBytes(nal)));
            else Assert.Equal(length, headers.ClearBytes(nal));
            rest = rest[(4 + length)..];
        }

        return found;
    }

    private static int Unescaped(ReadOnlySpan<byte> nal, int count)
    {
        var escapes = 0;
        for (var i = 2; i < count; i++)
            if (nal[i] == 3 && nal[i - 1] == 0 && nal[i - 2] == 0) escapes++;
        return count - escapes;
    }

    [GeneratedRegex(@"^\[trace_headers @ \w+\] [A-Z]")]
    private static partial Regex Title();

    [GeneratedRegex(@"Slice (Segment )?Header$")]
    private static partial Regex SliceTitle();

    [GeneratedRegex(@"^\[trace_headers @ \w+\] (\d+)\s+(\S+)\s+([01]+) = ")]
    private static partial Regex Field();
}
