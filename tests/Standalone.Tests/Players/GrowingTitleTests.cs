using FlickStream.Standalone.Tests.Harness;
using FlickStream.Standalone.Tests.Text;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>Viewers who begin before encoding has ended see the title to its end, through the change to a finished one.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class GrowingTitleTests(ReadyTitle title)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hls")]
    [InlineData("shaka-hls")]
    [InlineData("shaka-dash")]
    [InlineData("dashjs")]
    public async Task A_title_plays_to_its_end_while_it_is_still_being_encoded(string player)
    {
        var folder = Directory.CreateTempSubdirectory("flickstream-growing-");
        try
        {
            // Larger and longer than the other one, so that encoding it takes longer than starting a browser.
            var master = await TestMaster.MakeAsync(Path.Combine(folder.FullName, "growing.mov"), seconds: 32, width: 1280, height: 720, cancellationToken: Cancellation);
            var client = title.FlickStream.Client;
            var withText = await TextMaster.MuxAsync(master.Path, Path.Combine(folder.FullName, "growing.mkv"), Cancellation);
            var assetId = await client.UploadAsync(withText, Cancellation);
            await client.WaitForAsync(assetId, asset => asset.IsPlayable(), Cancellation);
            var grant = await client.GrantAsync(assetId, Cancellation);

            var run = await PlayerRun.OfAsync(
                player, player is "hls" or "shaka-hls" ? grant.Hls : grant.Dash, master.FramesPerSecond, isGrowing: true, Cancellation);

            run.AssertFlawless(master.Frames, mayCatchUp: true);
            Assert.SkipUnless(run.StartedGrowing, "Encoding had ended before the player began: the master is too small for this machine.");
            Assert.Equal(master.Seconds, run.Duration!.Value, 1024.0 / TestMaster.SampleRate);
            await client.DeleteAsync(new Uri($"/api/assets/{assetId}", UriKind.Relative), Cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
