using System.Text.Json;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Run;

public sealed class JobEventsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-events-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Events_are_answered_before_the_first_of_them_and_end_when_the_server_stops()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await RunningFlickStream.StartAsync(["--empty"], cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/jobs/events");

        using var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
            .WaitAsync(TimeSpan.FromSeconds(30), cancellation);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);

        // A page that follows them does not keep the server from stopping: the stream ends in order.
        await using var events = await answer.Content.ReadAsStreamAsync(cancellation);
        var end = events.CopyToAsync(Stream.Null, cancellation);
        Assert.Equal(0, await server.StopAsync());
        await end;
        Assert.DoesNotContain("fail:", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_stream_says_that_it_lives_and_events_come_whole_between()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = new Dictionary<string, string> { ["Board__EventsKeepAlive"] = "00:00:00.1" };
        var master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "master.mov"), 3, 320, 180, cancellationToken: cancellation);
        await using var server = await RunningFlickStream.StartOnAsync(_folder.CreateSubdirectory("data").FullName, options, cancellation);
        await using var stream = await server.Client.GetStreamAsync(new Uri("/api/jobs/events", UriKind.Relative), cancellation);
        using var events = new StreamReader(stream);
        for (var alive = 0; alive < 3; alive++)
        {
            Assert.Equal(":", await events.ReadLineAsync(cancellation));
            Assert.Equal("", await events.ReadLineAsync(cancellation));
        }

        await server.Client.UploadAsync(master.Path, cancellation);
        for (var state = ""; state != "done";)
        {
            var head = await events.ReadLineAsync(cancellation);
            if (head == "event: job")
            {
                var data = await events.ReadLineAsync(cancellation);
                Assert.StartsWith("data: {", data, StringComparison.Ordinal);
                state = JsonDocument.Parse(data!["data: ".Length..]).RootElement.GetProperty("state").GetString()!;
            }
            else
            {
                Assert.Equal(":", head);
            }

            Assert.Equal("", await events.ReadLineAsync(cancellation));
        }
    }
}
