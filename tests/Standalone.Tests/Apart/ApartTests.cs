using FlickStream.Engines;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Apart;

/// <summary>The whole way of a master where every service is a process of its own.</summary>
public sealed class ApartTests(S3Gateway gateway) : IDisposable
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-apart-master-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_master_is_encoded_by_three_workers_plays_in_a_browser_and_leaves_one_trace()
    {
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), 31, cancellationToken: Cancellation);
        await using var deployment = await Deployment.StartAsync(gateway, new Dictionary<string, string>(), Cancellation);
        deployment.Client.DefaultRequestHeaders.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        var id = await deployment.Client.UploadAsync(master.Path, Cancellation);
        deployment.Client.DefaultRequestHeaders.Remove("traceparent");
        await deployment.Client.WaitForAsync(id, asset => asset.StateIs("ready"), Cancellation);

        var grant = await deployment.Client.GrantAsync(id, Cancellation);
        Assert.StartsWith(deployment.Client.BaseAddress!.ToString(), grant.Hls, StringComparison.Ordinal);
        var play = await PlayerRun.OfAsync("hls", grant.Hls, master.FramesPerSecond, isGrowing: false, Cancellation);
        play.AssertFlawless(master.Frames);
        Assert.All(await FfmpegClient.FramesOfRungsAsync(grant.Dash, Cancellation), frames => Assert.Equal(master.Frames, frames));

        foreach (var service in deployment.Services) Assert.True(await service.StopAsync() == 0, service.Output);
        var spans = deployment.Traces.Spans.Where(span => span.TraceId == TraceId).ToList();
        (string Service, string Name)[] stations =
        [
            ("FlickStream.Ingest", "POST /api/uploads/"), ("FlickStream.Ingest", "inspect"), ("FlickStream.Transcoder", "plan"),
            ("FlickStream.Transcoder", "step publish"),
        ];
        Assert.All(stations, station => Assert.Contains(spans, span => (span.Service, span.Name) == station));
        Assert.Equal(
            deployment.Workers.Select(worker => worker.Name),
            spans.Where(span => span.Name.StartsWith("step video", StringComparison.Ordinal))
                .Select(span => span.Attributes["flickstream.worker"]).Distinct().Order(StringComparer.Ordinal));
    }
}
