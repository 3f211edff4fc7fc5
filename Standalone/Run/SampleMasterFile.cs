using System.Globalization;
using FlickStream.Platform;
using FlickStream.Platform.Media;
using FlickStream.Standalone.Demo;
using FlickStream.Standalone.Sample;
using Microsoft.Extensions.Options;

namespace FlickStream.Standalone.Run;

/// <summary>The generated master that the first start shows: moving picture with a frame counter and a beep each second.</summary>
internal sealed class SampleMasterFile(MediaRunner media, IOptions<PlatformOptions> platform, IOptions<DemoOptions> options)
{
    private static readonly string[] Fonts = ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"];

    /// <summary>A TrueType file for what is written into pictures; null where the machine has none.</summary>
    public static string? Font => Fonts.FirstOrDefault(File.Exists);

    /// <returns>The path of the file; made anew only when it is not there whole.</returns>
    public async Task<string> MakeAsync(CancellationToken cancellationToken)
    {
        var (seconds, height) = (options.Value.SampleSeconds, options.Value.SampleHeight);
        var folder = Path.Combine(Path.GetFullPath(platform.Value.DataFolder), "sample");
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"sample-{seconds}s.mp4"));
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(folder);
        var unfinished = Path.Combine(folder, "unfinished.mp4");
        var outcome = await media.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments = SampleMaster.Arguments(seconds, height * 16 / 9 / 2 * 2, height / 2 * 2, "24", SampleMotion.High, Font, unfinished),
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
