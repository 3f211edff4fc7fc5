using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Board;
using FlickStream.Transcoder.Tests.Planning;

namespace FlickStream.Transcoder.Tests.Workers;

/// <summary>The real ffmpeg over sound that changes on the way.</summary>
public sealed class EvenSoundTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-even-");

    private static CancellationToken Stop => BoardFixture.Stop;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("off")]
    [InlineData("-16")]
    public async Task Sound_whose_channels_change_is_encoded_at_the_first_attempt_and_told_a_rendition(string loudness)
    {
        await using var board = new BoardFixture { Planning = new PlanningOptions { Loudness = loudness } };
        var parts = await Task.WhenAll(PartAsync("stereo|c0=c0|c1=c0", 0), PartAsync("5.1|FC=c0", 4));
        var master = Path.Combine(_folder.FullName, "m.ts");
        await File.WriteAllBytesAsync(master, [.. parts[0], .. parts[1]], Stop);
        await board.StoreAsync("masters/title", File.OpenRead(master));
        await board.Documents.Set(Asset.Schema).InsertAsync("title", await AcceptedAsync(master), Stop);
        await board.Sweep.RunAsync(Stop);

        var sound = new List<Claim>();
        foreach (var claim in await board.ClaimAllAsync())
        {
            if (claim.Step.Plan.Kind == StepKind.Audio) sound.Add(claim);
            else await board.Jobs.HandBackAsync(claim, Stop);
        }

        Assert.Equal(3, sound.Count);
        foreach (var claim in sound)
        {
            await board.Execution.RunAsync(claim, Stop);
            var step = await board.StepAsync(claim.StepId);
            Assert.Equal((StepState.Done, null), (step.State, step.LastError?.Detail));
        }

        Assert.Equal(
            ["sound_changes a1-128k", "sound_changes a1-384k", "sound_changes a1-40k"],
            (await board.CurrentAsync()).Notices.Where(n => n.Code == "sound_changes").Select(n => $"{n.Code} {n.Subject}").Order(StringComparer.Ordinal));
    }

    private async Task<byte[]> PartAsync(string channels, double at)
    {
        var part = Path.Combine(_folder.FullName, $"{at}.ts");
        await Ffmpeg.RunAsync(
            "-v", "error", "-y", "-f", "lavfi", "-i", "color=gray:s=128x72:r=25:d=4", "-f", "lavfi", "-i", $"sine=1000:r=48000:d=4,pan={channels}",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "ac3", "-output_ts_offset", $"{at}", part);
        return await File.ReadAllBytesAsync(part, Stop);
    }

    private static async Task<Asset> AcceptedAsync(string master) => new()
    {
        Id = "title",
        State = AssetState.Accepted,
        Title = "title",
        FileName = "title.ts",
        SizeBytes = 1,
        MasterKey = "masters/title",
        CreatedAt = default,
        Media = await CodedMaster.ReportAsync(master) is var report ? report with { Video = report.Video! with { LeadSeconds = 1 } } : null,
    };
}
