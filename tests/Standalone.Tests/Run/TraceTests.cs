using System.Text;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Run;

/// <summary>What a collector of OpenTelemetry hears of a master.</summary>
public sealed class TraceTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-trace-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_way_of_a_master_is_one_trace_from_its_upload_to_its_publishing_and_tells_no_token()
    {
        await using var collector = await TraceCollector.StartAsync(Cancellation);
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), seconds: 3, cancellationToken: Cancellation);
        await using (var run = await RunningFlickStream.StartOnAsync(_folder.CreateSubdirectory("data").FullName, collector.Options, Cancellation))
        {
            run.Client.DefaultRequestHeaders.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
            var id = await run.Client.UploadAsync(master.Path, Cancellation);
            run.Client.DefaultRequestHeaders.Remove("traceparent");
            await run.Client.WaitForAsync(id, asset => asset.StateIs("ready"), Cancellation);
            var grant = await run.Client.GrantAsync(id, Cancellation);
            await run.Client.GetStringAsync(new Uri(grant.Hls), Cancellation);

            // A process that stops sends what it has left.
            Assert.Equal(0, await run.StopAsync());
        }

        var names = collector.Spans.Where(span => span.TraceId == TraceId).Select(span => span.Name).ToList();
        Assert.Contains("POST /api/uploads/", names);
        Assert.Contains("inspect", names);
        Assert.Contains("plan", names);
        Assert.Contains(names, name => name.StartsWith("step ", StringComparison.Ordinal));
        Assert.Contains("step publish", names);
        Assert.DoesNotContain(collector.Exports, export => Encoding.Latin1.GetString(export).Contains("/play/", StringComparison.Ordinal));
    }
}
