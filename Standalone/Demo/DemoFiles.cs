using FlickStream.Platform;
using FlickStream.Platform.Media;
using FlickStream.Standalone.Run;
using Microsoft.Extensions.Options;

namespace FlickStream.Standalone.Demo;

/// <summary>Draws what the demo catalog shows, behind all other work.</summary>
internal sealed class DemoFiles(MediaRunner media, IOptions<PlatformOptions> platform, IOptions<DemoOptions> options)
{
    private const int LeastUrgent = 19;

    /// <returns>The path of the file, which is made anew.</returns>
    public Task<string> ClipAsync(DemoTitle title, CancellationToken cancellationToken) => MakeAsync(
        title.FileName, (font, output) => DemoPictures.Clip(title, options.Value.ClipSeconds, options.Value.ClipHeight, font, output), cancellationToken);

    /// <returns>The path of a PNG.</returns>
    public Task<string> ArtworkAsync(DemoTitle title, CancellationToken cancellationToken) =>
        MakeAsync($"{title.ExternalId}.png", (font, output) => DemoPictures.Artwork(title, font, output), cancellationToken);

    private async Task<string> MakeAsync(string name, Func<string?, string, IReadOnlyList<string>> arguments, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(platform.Value.DataFolder), "sample")).FullName;
        var (path, font) = (Path.Combine(folder, name), SampleMasterFile.Font);
        var outcome = await media.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg, Arguments = arguments(font, path), Inputs = font is null ? [] : [font], OutputFolder = folder,
                TimeLimit = TimeSpan.FromMinutes(5), Niceness = LeastUrgent,
            },
            cancellationToken);
        return outcome.Succeeded ? path : throw new InvalidOperationException($"{name} could not be made: {outcome}");
    }
}
