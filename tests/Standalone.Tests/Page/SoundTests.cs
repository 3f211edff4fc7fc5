using CliWrap;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Page;

/// <summary>A viewer at the page, in a real browser, and sound that is not the usual one stereo track.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class SoundTests(ReadyTitle title)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal sealed record Visit(
        string? Fatal,
        IReadOnlyList<string> Complaints,
        IReadOnlyList<string>? Offered,
        IReadOnlyList<string>? Qualities,
        string? First,
        double FirstTone,
        double LastTone,
        string? PlayerProblem);

    [Fact]
    public async Task A_viewer_chooses_a_language_and_hears_it()
    {
        var folder = Directory.CreateTempSubdirectory("flickstream-sound-");
        try
        {
            var path = Path.Combine(folder.FullName, "Two languages.mkv");
            await Cli.Wrap("ffmpeg")
                .WithArguments(
                [
                    "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=30",
                    "-f", "lavfi", "-i", "aevalsrc='0.3*sin(2*PI*500*t)|0.3*sin(2*PI*500*t)|0.3*sin(2*PI*500*t)|0|0|0':c=5.1:d=30",
                    "-f", "lavfi", "-i", "sine=2000:d=30", "-map", "0", "-map", "1", "-map", "2",
                    "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=fre", "-c:v", "libx264", "-preset", "ultrafast",
                    "-c:a", "flac", path,
                ])
                .ExecuteAsync(Cancellation);
            var assetId = await title.FlickStream.Client.UploadAsync(path, Cancellation);
            await title.FlickStream.Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), Cancellation);

            var visit = await NodeScript.RunAsync<Visit>(
                "sound.mjs", ["--page", title.FlickStream.Page.AbsoluteUri, "--asset", assetId], Cancellation);

            Assert.Null(visit.Fatal);
            Assert.Empty(visit.Complaints);
            Assert.Equal(["English", "French"], visit.Offered);
            Assert.Equal("English", visit.First);
            // Automatic and one rung: neither sound around nor small sound is a quality of its own at the page.
            Assert.Equal(2, visit.Qualities!.Count);
            Assert.Equal(500, visit.FirstTone, 15.0);
            Assert.Equal(2000, visit.LastTone, 15.0);
            Assert.Equal("", visit.PlayerProblem);
            await title.FlickStream.Client.DeleteAsync(new Uri($"/api/assets/{assetId}", UriKind.Relative), Cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
