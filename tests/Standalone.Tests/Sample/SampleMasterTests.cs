using System.Diagnostics;
using System.Runtime.InteropServices;
using FlickStream.Standalone.Sample;

namespace FlickStream.Standalone.Tests.Sample;

public sealed class SampleMasterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-sample-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("24", true, 24)]
    [InlineData("30000/1001", false, 30)]
    public async Task Every_frame_says_its_number_and_every_second_flashes_and_beeps(string rate, bool moves, int perSecond)
    {
        var font = new FileInfo("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf") is { Exists: true } file ? file.FullName : null;
        var master = Path.Combine(_folder.FullName, "sample.mp4");
        await RunAsync(SampleMaster.Arguments(3, 480, 270, rate, moves ? SampleMotion.High : SampleMotion.Low, font, master));

        var boxes = await RunAsync("-v", "error", "-i", master, "-vf", "crop=iw:ih/12:0:ih*11/12,scale=24:1:flags=area,format=gray", "-f", "rawvideo", "-");
        var numbers = boxes.Chunk(SampleMaster.Boxes).Select(row => row.Select((level, bit) => level > 128 ? 1 << bit : 0).Sum()).ToList();
        Assert.Equal(Enumerable.Range(0, numbers.Count), numbers);
        Assert.InRange(numbers.Count, (3 * perSecond) - 1, 3 * perSecond);

        var upper = await RunAsync("-v", "error", "-i", master, "-vf", "crop=iw/4:ih/8:iw*3/4:ih/4,scale=1:1:flags=area,format=gray", "-f", "rawvideo", "-");
        Assert.Equal([0, perSecond, 2 * perSecond], upper.Index().Where(p => p.Item > 225).Select(p => p.Index));

        var pcm = MemoryMarshal.Cast<byte, short>(await RunAsync("-v", "error", "-i", master, "-ac", "1", "-f", "s16le", "-")).ToArray();
        foreach (var second in (int[])[1, 2])
        {
            var onset = Array.FindIndex(pcm, (second * 48000) - 24000, sample => Math.Abs((int)sample) > 6000) / 48000.0;
            Assert.Equal(second, onset, 0.01);
        }
    }

    private static async Task<byte[]> RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend("-nostdin")) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output.ToArray();
    }
}
