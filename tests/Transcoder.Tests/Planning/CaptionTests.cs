using System.Text;
using FlickStream.Platform.Contracts;
using FlickStream.Tests.Shared;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Tests.Planning;

/// <summary>The real ffmpeg on captions in the user data of MPEG-2 pictures, as DVDs' heirs and broadcasters have them.</summary>
public sealed class CaptionTests : IDisposable
{
    private const int Rate = 25;

    // CC1, CC3 and a service of CEA-708 show two letters each at frame 24.
    private static readonly (int, int)[] First = [(0x14, 0x20), (0x14, 0x2e), (0x14, 0x70), ('H', 'I'), (0x14, 0x2f)];
    private static readonly (int, int)[] Third = [(0x15, 0x20), (0x15, 0x2e), (0x15, 0x70), ('N', 'O'), (0x15, 0x2f)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-captions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Captions_in_MPEG_2_are_taken_out_the_others_told_and_none_stay_in_the_picture()
    {
        var master = await MasterAsync();
        var media = (await CodedMaster.ReportAsync(master)) with { Text = [new(0, TextReport.CaptionsInPicture, null, "CC1", 0, false, true, false)] };
        var plan = EncodingPlan.For(media, new PlanningOptions());

        await Ffmpeg.RunAsync([.. FfmpegArguments.ForCaptions(plan, plan.Text[0], master, _folder.FullName)]);
        using var index = File.OpenText(FfmpegArguments.SampleIndex(plan.Text[0], _folder.FullName));
        await using var triplets = File.OpenRead(FfmpegArguments.TextFile(plan.Text[0], _folder.FullName));
        var (channels, unread) = CaptionFile.Read(index, triplets);
        var said = channels.Where(channel => channel.Cues.Count > 0).ToList();
        Assert.Equal(["CC1 HI", "CC3 NO", "Service 2 AB"], said.Select(channel => $"{channel.Name} {string.Join('|', channel.Cues.Select(cue => cue.Text))}"));
        Assert.All(said, channel => Assert.InRange(channel.Cues[0].Start, 24 * 1000 / Rate, 25 * 1000 / Rate));
        Assert.Empty(unread);

        await Ffmpeg.RunAsync([.. FfmpegArguments.ForVideo(plan, plan.Steps().First(s => s.Kind == StepKind.Video), master, _folder.FullName)]);
        var rung = FfmpegArguments.RungPath(_folder.FullName, plan.Rungs[0]);
        var frames = await Ffmpeg.ProbeAsync("-show_entries", "frame_side_data=side_data_type", "-of", "csv=p=0", rung);
        Assert.DoesNotContain("Closed Captions", Encoding.UTF8.GetString(frames), StringComparison.Ordinal);
    }

    private async Task<string> MasterAsync()
    {
        string PathOf(string name) => Path.Combine(_folder.FullName, name);
        await Ffmpeg.RunAsync("-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=s=256x144:r={Rate}:d=2", "-c:v", "mpeg2video", "-bf", "0", "-q:v", "5", PathOf("bare.m2v"));
        await File.WriteAllBytesAsync(
            PathOf("captioned.m2v"), WithUserData(await File.ReadAllBytesAsync(PathOf("bare.m2v"), TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
        await Ffmpeg.RunAsync("-v", "error", "-y", "-fflags", "+genpts", "-f", "mpegvideo", "-framerate", $"{Rate}", "-i", PathOf("captioned.m2v"), "-c", "copy", PathOf("m.mkv"));
        return PathOf("m.mkv");
    }

    /// <summary>ATSC A/53 part 4, 6.2.2: user data before the first slice of each picture.</summary>
    private static byte[] WithUserData(byte[] stream)
    {
        using var written = new MemoryStream();
        var (from, frame) = (0, 0);
        for (var at = 0; at + 4 <= stream.Length; at++)
        {
            if (!stream.AsSpan(at, 4).SequenceEqual<byte>([0, 0, 1, 1])) continue;
            written.Write(stream.AsSpan(from, at - from));
            byte[] triplets = [.. Pair(0, First, frame), .. Pair(1, Third, frame), .. Cea708.Packet(frame, 2, Second(frame))];
            written.Write([0, 0, 1, 0xb2, .. "GA94"u8, 3, (byte)(0xc0 | (triplets.Length / 3)), 0xff, .. triplets, 0xff]);
            (from, frame) = (at, frame + 1);
        }

        written.Write(stream.AsSpan(from));
        return written.ToArray();
    }

    private static byte[] Second(int frame) => frame switch
    {
        20 => [.. Cea708.Define(0, isVisible: false), .. "AB"u8],
        24 => [0x89, 0x01],
        _ => [],
    };

    private static byte[] Pair(int type, (int First, int Second)[] pairs, int frame)
    {
        var (first, second) = frame >= 20 && frame < 20 + pairs.Length ? pairs[frame - 20] : (0, 0);
        return [(byte)(0xfc | type), Cea608.Odd(first), Cea608.Odd(second)];
    }
}
