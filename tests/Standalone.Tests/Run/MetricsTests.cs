using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Run;

[Collection(WithReadyTitle.Name)]
public sealed class MetricsTests(ReadyTitle title)
{
    [Theory]
    [InlineData("flickstream_uploads_received_bytes_total")]
    [InlineData("""flickstream_inspection_duration_seconds_count{otel_scope_name="FlickStream.Ingest",outcome="accepted"}""")]
    [InlineData("""flickstream_step_duration_seconds_count{otel_scope_name="FlickStream.Transcoder",kind="publish",outcome="done"}""")]
    [InlineData("""flickstream_encode_speed_count{otel_scope_name="FlickStream.Transcoder",kind="video"}""")]
    [InlineData("""flickstream_queue_depth{otel_scope_name="FlickStream.Transcoder",lane="encode"}""")]
    [InlineData("""flickstream_queue_age_seconds{otel_scope_name="FlickStream.Transcoder",lane="light"}""")]
    [InlineData("""flickstream_grants_total{otel_scope_name="FlickStream.Origin",outcome="made"}""")]
    [InlineData("""flickstream_cache_requests_total{otel_scope_name="FlickStream.Origin",cache="manifests",result="miss"}""")]
    [InlineData("flickstream_media_sent_bytes_total")]
    public async Task What_operators_watch_is_counted(string series)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var master = await title.FlickStream.Client.GetStringAsync(new Uri(title.Grant.Hls), cancellation);
        Assert.Contains("#EXTM3U", master, StringComparison.Ordinal);
        using var poster = await title.FlickStream.Client.GetAsync(new Uri(new Uri(title.Grant.Hls), "poster.jpg"), cancellation);
        Assert.True(poster.IsSuccessStatusCode);

        // Gauges of the queue are taken by the sweep, a few seconds apart.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        string metrics;
        do metrics = await title.FlickStream.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), limit.Token);
        while (!metrics.Contains(series, StringComparison.Ordinal) && await timer.WaitForNextTickAsync(limit.Token));
        Assert.Contains(series, metrics, StringComparison.Ordinal);
    }
}
