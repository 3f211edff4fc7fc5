using System.Globalization;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg: every channel of a master is heard where it belongs, as loud as it should be.</summary>
public sealed class SoundMixTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-mix-");

    public void Dispose() => _folder.Delete(recursive: true);

    // Each channel's share in the left and the right of the stereo mix (ITU-R BS.775, table 2; the LFE has none).
    [Theory]
    [InlineData("mono", "1")]
    [InlineData("stereo", "1,0 0,1")]
    [InlineData("2.1", "1,0 0,1 0,0")]
    [InlineData("3.0", "1,0 0,1 .7,.7")]
    [InlineData("quad", "1,0 0,1 .7,0 0,.7")]
    [InlineData("4.0", "1,0 0,1 .7,.7 .5,.5")]
    [InlineData("5.1", "1,0 0,1 .7,.7 0,0 .7,0 0,.7")]
    [InlineData("5.1(side)", "1,0 0,1 .7,.7 0,0 .7,0 0,.7")]
    [InlineData("7.1", "1,0 0,1 .7,.7 0,0 .7,0 0,.7 .7,0 0,.7")]
    public async Task A_mix_takes_every_channel_by_its_share(string layout, string shares)
    {
        var expected = Shares(shares);
        var master = await new Tones(_folder).MasterAsync(expected.Length, layout);

        await AssertSharesAsync(master, expected);
    }

    [Theory]
    [InlineData(3, "1,0 0,1 .7,.7")]
    [InlineData(4, "1,0 0,1 .7,0 0,.7")]
    [InlineData(6, "1,0 0,1 .7,.7 0,0 .7,0 0,.7")]
    [InlineData(12, "1,0 0,1 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0 0,0")]
    public async Task Channels_without_a_layout_are_taken_in_the_usual_order(int channels, string shares)
    {
        var master = await new Tones(_folder).MasterAsync(channels, layout: null);

        await AssertSharesAsync(master, Shares(shares));
    }

    [Theory]
    [InlineData("5.1", 6)]
    [InlineData("5.1(side)", 6)]
    [InlineData(null, 6)]
    [InlineData("7.1", 8)]
    public async Task Sound_around_keeps_its_channels_apart(string? layout, int channels)
    {
        var tones = new Tones(_folder);
        var around = await tones.EncodeAsync(await tones.MasterAsync(channels, layout), "audio-a1-384k");

        Assert.Equal(6, around.Count);
        // 7.1 has its sides, which 5.1 has behind, after its backs.
        for (var channel = 0; channel < channels; channel++)
        {
            var at = channel >= 6 ? channel - 2 : channel;
            if (channel == 3) continue;
            Assert.All(around, (samples, i) => Assert.Equal(i == at, Tones.Amplitude(samples, Tones.Of(channel)) > 0.1));
        }
    }

    [Fact]
    public async Task Tracks_of_one_channel_are_heard_as_the_mix_whose_channels_they_are()
    {
        var tones = new Tones(_folder) { Parts = [1, 2, 3, 4, 5, 6] };
        var apart = Path.Combine(_folder.FullName, "apart.mov");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-i", await tones.MasterAsync(6, "5.1"), "-filter_complex", "[0:a]channelsplit=channel_layout=5.1[a][b][c][d][e][f]",
            "-map", "0:v", "-map", "[a]", "-map", "[b]", "-map", "[c]", "-map", "[d]", "-map", "[e]", "-map", "[f]", "-c:v", "copy", "-c:a", "pcm_s16le", apart);

        var around = await tones.EncodeAsync(apart, "audio-a1-384k");
        for (var channel = 0; channel < 6; channel++)
        {
            if (channel != 3) Assert.All(around, (samples, i) => Assert.Equal(i == channel, Tones.Amplitude(samples, Tones.Of(channel)) > 0.1));
        }

        var stereo = await tones.EncodeAsync(apart, "audio-a1-128k");
        var (left, right) = (Tones.Amplitude(stereo[0], Tones.Of(0)), Tones.Amplitude(stereo[1], Tones.Of(1)));
        Assert.Equal(left, right, 0.02);
        Assert.Equal([0.7, 0.7], stereo.Select(samples => Math.Round(Tones.Amplitude(samples, Tones.Of(2)) / left, 1)));
    }

    [Theory]
    [InlineData("pcm_s24le", 8_000)]
    [InlineData("pcm_f32le", 22_050)]
    [InlineData("pcm_u8", 44_100)]
    [InlineData("alac", 96_000)]
    [InlineData("pcm_s32be", 192_000)]
    public async Task Any_rate_and_depth_comes_out_at_48_kHz_as_loud_as_it_was(string codec, int sampleRate)
    {
        var tones = new Tones(_folder);
        var stereo = await tones.EncodeAsync(await tones.MasterAsync(2, "stereo", codec, sampleRate), "audio-a1-128k");

        Assert.Equal(0.4, Tones.Amplitude(stereo[0], Tones.Of(0)), 0.02);
        Assert.Equal(0.4, Tones.Amplitude(stereo[1], Tones.Of(1)), 0.02);
        Assert.InRange(stereo[0].Length, 2 * 48_000, (2 * 48_000) + 2048);
    }

    [Fact]
    public async Task Compression_that_a_broadcaster_asks_of_receivers_is_not_applied()
    {
        var tones = new Tones(_folder);
        var plain = Path.Combine(_folder.FullName, "plain.ac3");
        await Ffmpeg.RunAsync("-v", "error", "-y", "-i", await tones.MasterAsync(2, "stereo"), "-map", "0:a", "-c:a", "ac3", "-b:a", "640k", plain);
        var compressed = Path.Combine(_folder.FullName, "compressed.ac3");
        await File.WriteAllBytesAsync(
            compressed, WithGain(await File.ReadAllBytesAsync(plain, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
        var master = Path.Combine(_folder.FullName, "compressed.mkv");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=2", "-i", compressed, "-map", "0", "-map", "1",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "copy", master);
        var gains = await Ffmpeg.WordsAsync("-hide_banner", "-i", compressed, "-af", "volumedetect", "-f", "null", "-");
        Assert.Contains("max_volume: -20.", gains, StringComparison.Ordinal);

        var stereo = await tones.EncodeAsync(master, "audio-a1-128k");

        Assert.Equal(0.4, Tones.Amplitude(stereo[0], Tones.Of(0)), 0.02);
    }

    /// <summary>AC-3 in stereo of 640 kb/s with a dynamic range gain of -12 dB in every frame, which ffmpeg's encoder never writes; its padding makes
    /// room for it (ATSC A/52, 5.3).</summary>
    private static byte[] WithGain(byte[] frames)
    {
        const int FrameBytes = 2560;
        // Sync, CRC, rate and size; the stream's information without options; block switches and dithers of two channels.
        const int Flag = 40 + 27 + 4;
        const string Gain = "111000000";
        return
        [
            .. frames.Chunk(FrameBytes).Where(frame => frame.Length == FrameBytes).SelectMany(frame =>
            {
                var bits = string.Concat(frame.Select(b => b.ToString("b8", CultureInfo.InvariantCulture)));
                return string.Concat(bits.AsSpan(0, Flag), Gain, bits.AsSpan(Flag + 1, bits.Length - Flag - Gain.Length)).Chunk(8).Select(octet => Convert.ToByte(new string(octet), 2));
            }),
        ];
    }

    private static double[][] Shares(string text) =>
        [.. text.Split(' ').Select(channel => channel.Split(',').Select(share => double.Parse(share, CultureInfo.InvariantCulture)).ToArray())];

    private async Task AssertSharesAsync(string master, double[][] expected)
    {
        var tones = new Tones(_folder);
        var stereo = await tones.EncodeAsync(master, "audio-a1-128k");
        var mono = await tones.EncodeAsync(master, "audio-a1-40k");
        // The limiter may take all of a mix back together; what counts is the proportion to the front.
        var front = Tones.Amplitude(stereo[0], Tones.Of(0));
        Assert.InRange(front, 0.2, 0.42);
        Assert.Equal(expected[0].Length, stereo.Count);
        for (var channel = 0; channel < expected.Length; channel++)
        {
            for (var side = 0; side < stereo.Count; side++)
                Assert.Equal(expected[channel][side], Tones.Amplitude(stereo[side], Tones.Of(channel)) / front, 0.05);
            var inBoth = Tones.Amplitude(Assert.Single(mono), Tones.Of(channel)) / front;
            Assert.InRange(inBoth, (expected[channel].Average() * 0.85) - 0.02, (expected[channel].Average() * 1.6) + 0.02);
        }
    }
}
