using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Origin.Tests;

public sealed class CountGrantsTests
{
    [Fact]
    public async Task Grants_are_counted_by_their_outcome_also_those_that_were_asked_for_too_often()
    {
        await using var host = await OriginHost.StartAsync(settings: new() { ["Origin:GrantsPerMinute"] = "2" });
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        var outcomes = new ConcurrentQueue<string?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "flickstream.grants" && instrument.Meter.Scope == meters) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Enqueue((string?)tags[0].Value));
        listener.Start();

        await host.GrantAsync();
        using var unknown = await host.AskAsync(new { assetId = "nothing" });
        using var refused = await host.AskAsync(new { assetId = Sample.AssetId });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("made", outcomes.First());
        Assert.Equal("rate_limited", outcomes.Last());
        Assert.Equal(3, outcomes.Distinct().Count());
    }
}
