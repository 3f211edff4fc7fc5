using System.Text.Json;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Quality;

/// <summary>A title that is long and large enough to get a ladder of its own, from upload to the figures that are kept with it.</summary>
public sealed class OwnLadderTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-quality-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }

    [Fact]
    public async Task A_title_is_measured_gets_its_own_ladder_plays_and_tells_how_near_each_rung_is_to_its_master()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "data")).FullName;
        // A busy machine must not make it the fixed ladder's.
        var patient = new Dictionary<string, string>
        {
            ["Inspection__ComplexityTimeLimit"] = "00:01:00", ["Worker__MeasureQuality"] = "true", ["Planning__Preset"] = "veryfast",
        };
        await using var run = await RunningFlickStream.StartOnAsync(data, patient, Ct);
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "numbers.mov"), seconds: 16, width: 720, height: 480, cancellationToken: Ct);

        var id = await run.Client.UploadAsync(master.Path, Ct);
        var ready = await run.Client.WaitForAsync(id, asset => asset.StateIs("ready"), Ct);
        Assert.Equal(1, ready.GetProperty("media").GetProperty("complexity").GetProperty("samples").GetInt32());
        var names = Rungs(ready).Select(rung => rung.GetProperty("name").GetString()).ToList();
        Assert.Contains("v480-2", names); // Easy and fine: no fixed ladder has one size at two rates.
        var grant = await run.Client.GrantAsync(id, Ct);
        Assert.All(await FfmpegClient.FramesOfRungsAsync(grant.Hls, Ct), frames => Assert.Equal(master.Frames, frames));

        var measured = await run.Client.WaitForAsync(id, asset => Rungs(asset).All(HasQuality), Ct);
        Assert.True(measured.StateIs("ready"));
        var figures = Rungs(measured).Select(rung => rung.GetProperty("quality"))
            .Select(quality => (Ssim: quality.GetProperty("ssim").GetDouble(), Psnr: quality.GetProperty("psnr").GetDouble())).ToList();
        Assert.Equal(figures.OrderByDescending(f => f.Ssim), figures);
        Assert.Equal(figures.OrderByDescending(f => f.Psnr), figures);
        Assert.InRange(figures[0].Ssim, 0.95, 1);
        Assert.InRange(figures[^1].Ssim, 0.3, figures[0].Ssim - 0.02);
    }

    private static List<JsonElement> Rungs(JsonElement asset) => [.. asset.GetProperty("renditions").GetProperty("video").EnumerateArray()];

    private static bool HasQuality(JsonElement rung) => rung.TryGetProperty("quality", out var quality) && quality.ValueKind == JsonValueKind.Object;
}
