using System.Globalization;
using FlickStream.Platform;
using FlickStream.Platform.Media;
using FlickStream.Standalone.Sample;
using Microsoft.Extensions.Options;

namespace FlickStream.Standalone.Run;

/// <summary>The generated master that the first start shows: 60 seconds of moving picture with a frame counter and a beep each second.</summary>
internal sealed class SampleMasterFile(MediaRunner media, IOptions<PlatformOptions> platform)
{
    private const int Seconds = 60;

    private static readonly string[] Fonts = ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"];

    /// <returns>The path of the file; made anew only when it is not there whole.</returns>
    public async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Path.GetFullPath(platform.Value.DataFolder), "sample");
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"sample-{Seconds}s.mp4"));
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, "unfinished.mp4");
        var outcome = await media.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments = SampleMaster.Arguments(Seconds, 1920, 1080, "24", SampleMotion.High, Fonts.FirstOrDefault(File.Exists), unfinished),
                Inputs = [.. Fonts.Where(File.Exists)],
                OutputFolder = folder,
                TimeLimit = TimeSpan.FromMinutes(5),
            },
            cancellationToken);
        if (!outcome.Succeeded) throw new InvalidOperationException($"The sample master could not be made: {outcome}");
        File.Move(unfinished, path);
        return path;
    }
}
