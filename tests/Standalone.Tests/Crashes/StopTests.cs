using System.Text.Json;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Crashes;

/// <summary>What a stop, a second start and a cancelled job leave.</summary>
public sealed class StopTests : IDisposable
{
    /// <summary>What is stopped and begun again is the same for one rung.</summary>
    private static readonly Dictionary<string, string> Options = new(KilledRun.Options) { ["Planning__MaxHeight"] = "234" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-stop-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_stop_while_encoding_ends_ffmpeg_and_the_next_start_goes_on_to_ready()
    {
        var data = new DataContents(_folder.CreateSubdirectory("data").FullName);
        var (first, id) = await EncodingAsync(data);
        await using (first)
        {
            Assert.Equal(0, await first.StopAsync());
            Assert.Empty(MediaProcesses.Of(data.Folder));
            Assert.Empty(data.Scraps());
        }

        await using var second = await RunningFlickStream.StartOnAsync(data.Folder, Options, Cancellation);
        await second.Client.WaitForAsync(id, asset => asset.StateIs("ready"), Cancellation);
    }

    [Fact]
    public async Task A_worker_that_has_time_to_drain_finishes_its_steps_and_begins_no_others()
    {
        var data = new DataContents(_folder.CreateSubdirectory("data").FullName);
        var (run, _) = await EncodingAsync(data, drainTime: "00:03:00");
        await using (run)
        {
            Assert.Equal(0, await run.StopAsync());
            Assert.Empty(data.Scraps());
        }

        var steps = data.Documents("steps").Select(step => JsonDocument.Parse(step.Json).RootElement).ToList();
        var begun = steps.Where(step => step.GetProperty("fence").GetInt64() > 0).ToList();
        Assert.NotEmpty(begun);
        Assert.All(begun, step => Assert.Equal("done", step.GetProperty("state").GetString()));
        Assert.True(begun.Count < steps.Count, "The title was finished before the process was asked to stop.");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_folder_is_refused_with_the_reason()
    {
        var data = _folder.CreateSubdirectory("data").FullName;
        await using var first = await RunningFlickStream.StartOnAsync(data, Options, Cancellation);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningFlickStream.StartOnAsync(data, Options, Cancellation));
        Assert.Contains($"Another process uses the data folder {data}.", refusal.Message, StringComparison.Ordinal);
        using var ready = await first.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        Assert.True(ready.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_cancelled_job_leaves_no_ffmpeg_and_no_scraps_and_a_retry_makes_the_same_bytes()
    {
        var data = new DataContents(_folder.CreateSubdirectory("data").FullName);
        var (run, id) = await EncodingAsync(data);
        await using var _ = run;
        var asset = await run.Client.WaitForAsync(id, a => a.GetProperty("jobId").ValueKind != JsonValueKind.Null, Cancellation);
        var job = asset.GetProperty("jobId").GetString();
        await PostAsync(run.Client, $"/api/jobs/{job}/cancel");
        await run.Client.WaitForAsync(id, a => a.StateIs("cancelled"), Cancellation);
        await MediaProcesses.AssertEndAsync(MediaProcesses.Of(data.Folder), Cancellation);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var looks = 0; data.Scraps().Count > 0; looks++)
        {
            Assert.True(looks < 200, string.Join('\n', data.Scraps()));
            await timer.WaitForNextTickAsync(Cancellation);
        }

        Assert.Empty(MediaProcesses.Of(data.Folder));
        await PostAsync(run.Client, $"/api/jobs/{job}/retry");
        await run.Client.WaitForAsync(id, a => a.StateIs("ready"), Cancellation);

        var other = await run.Client.UploadAsync(Path.Combine(_folder.FullName, "master.mov"), Cancellation);
        await run.Client.WaitForAsync(other, a => a.StateIs("ready"), Cancellation);
        Assert.Equal(data.BlobsOf(other), data.BlobsOf(id));
    }

    private async Task<(RunningFlickStream Run, string AssetId)> EncodingAsync(
        DataContents data, string drainTime = "00:00:00")
    {
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), 26, cancellationToken: Cancellation);
        var run = await RunningFlickStream.StartOnAsync(
            data.Folder, new Dictionary<string, string>(Options) { ["Worker__DrainTime"] = drainTime }, Cancellation);
        var id = await run.Client.UploadAsync(master.Path, Cancellation);
        await run.Client.WaitForAsync(id, asset => asset.StateIs("encoding"), Cancellation);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        while (!MediaProcesses.Of(data.Folder).Any(p => p.Command.Contains("libx264", StringComparison.Ordinal)))
            await timer.WaitForNextTickAsync(Cancellation);
        return (run, id);
    }

    private static async Task PostAsync(HttpClient client, string path)
    {
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), null, Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
