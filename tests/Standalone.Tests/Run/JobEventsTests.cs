using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Run;

public sealed class JobEventsTests
{
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
}
