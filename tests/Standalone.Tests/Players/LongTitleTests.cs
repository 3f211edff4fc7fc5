using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Players;

/// <summary>What adds up over a long title; <c>LONG_MINUTES</c> makes it longer. No player plays meanwhile, so it may run beside the others.</summary>
public sealed class LongTitleTests : IDisposable
{
    // Thirty segments, of which the longest chunks have as many as those of an hour.
    private static readonly int Minutes = Given.Number("LONG_MINUTES") ?? 3;

    /// <summary>How well it looks has tests of its own, of seconds.</summary>
    private static readonly Dictionary<string, string> Quick = new() { ["Planning__PerTitle"] = "false" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-long-");

    [Fact]
    public async Task Sound_stays_with_the_picture_through_a_long_title()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var path = Path.Combine(_folder.FullName, "long.mov");
        var master = await TestMaster.MakeAsync(path, seconds: 60 * Minutes, width: 160, height: 90, cancellationToken: cancellation);
        await using var flickStream = await RunningFlickStream.StartOnAsync(_folder.CreateSubdirectory("data").FullName, Quick, cancellation);
        var assetId = await flickStream.Client.UploadAsync(path, cancellation);
        await flickStream.Client.WaitForAsync(assetId, asset => asset.StateIs("ready"), cancellation);
        var grant = await flickStream.Client.GrantAsync(assetId, cancellation);

        // An only rung, with each of two sounds.
        Assert.Equal([master.Frames, master.Frames], await FfmpegClient.FramesOfRungsAsync(grant.Hls, cancellation));
        await SoundInStep.CheckAsync(grant.Hls, master, cancellation);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
