using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Platform.Blobs;
using FlickStream.Portal.Recommendations.Site;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlickStream.Portal.Tests.Recommendations.Site;

public sealed class TrainModelTests(TrainingPortal site) : IClassFixture<TrainingPortal>
{
    private const string Path = "/api/recommendation-model";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Nothing of so short a history can be hidden, so that no weights could be fitted either.
    [Fact]
    public async Task Where_no_profile_has_watched_enough_to_judge_a_model_by_that_is_said_and_tried_again_when_it_is_due()
    {
        await using var young = new TrainingPortal();
        await young.StartAsync(5, [.. Enumerable.Range(0, 40).Select(profile => Enumerable.Range(0, 5).Where(movie => movie != profile % 5).ToArray())]);
        var job = young.Job(new() { LeastWatched = 160 });
        await job.TrainAsync(Ct);
        var shown = await young.Portal.Admin.GetFromJsonAsync<JsonElement>(Path, Ct);
        Assert.Equal("0 profiles can judge it, 20 are needed: 15 % of those of which at least 5 titles are known.", shown.GetProperty("refused").GetString());
        var tried = await young.Models.FindAsync(Ct);
        Assert.Equal((young.Portal.Clock.GetUtcNow(), 160, false), (tried.TriedAt, tried.Tried[0].Watched, tried.Tried[0].IsFault));
        foreach (var wait in new[] { Day - TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10) })
        {
            Assert.Equal(tried.TriedAt, (await young.Models.FindAsync(Ct)).TriedAt);
            young.Portal.Clock.Leap(wait);
            await job.TrainAsync(Ct);
        }

        Assert.Equal(young.Portal.Clock.GetUtcNow(), (await young.Models.FindAsync(Ct)).TriedAt);
    }

    [Fact]
    public async Task A_fault_is_told_and_each_time_it_takes_longer_until_the_next_model_is_made()
    {
        await ModelInPlaceAsync();
        site.Portal.Clock.Leap(Day);
        var (before, log) = (await site.Models.FindAsync(Ct), new LogLines<TrainModel>());
        var job = site.Job(blobs: new WatchedBlobs(site.Service<IBlobs>(), () => throw new BlobStorageFullException()), log: log);
        foreach (var hours in new[] { 0, 1, 2, 4 })
        {
            if (hours > 0)
            {
                site.Portal.Clock.Leap(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(10));
                await job.TrainAsync(Ct);
                Assert.NotEqual(site.Portal.Clock.GetUtcNow(), (await site.Models.FindAsync(Ct)).TriedAt);
                site.Portal.Clock.Leap(TimeSpan.FromMinutes(10));
            }

            await job.TrainAsync(Ct);
            Assert.Equal(site.Portal.Clock.GetUtcNow(), (await site.Models.FindAsync(Ct)).TriedAt);
        }

        var shown = await site.Portal.Admin.GetFromJsonAsync<JsonElement>(Path, Ct);
        var reason = shown.GetProperty("refused").GetString()!;
        Assert.StartsWith("The training failed (BlobStorageFullException): the log tells more under ", reason, StringComparison.Ordinal);
        Assert.Equal(4, log.Lines.Count);
        Assert.EndsWith($"id {reason.Split(' ')[^1].TrimEnd('.')}", log.Lines.Last(), StringComparison.Ordinal);
        Assert.True(shown.GetProperty("tried")[0].GetProperty("isFault").GetBoolean());
        Assert.Equal(before.Current, (await site.Models.FindAsync(Ct)).Current);

        site.Portal.Clock.Leap(Day);
        await site.Job().TrainAsync(Ct);
        var after = await site.Models.FindAsync(Ct);
        Assert.Null(after.Refused);
        Assert.NotEqual(before.Current, after.Current);
    }

    [Fact]
    public async Task A_training_of_a_node_that_ends_is_no_fault_and_is_begun_anew()
    {
        await ModelInPlaceAsync();
        site.Portal.Clock.Leap(Day);
        var before = await site.Models.FindAsync(Ct);
        var node = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        await site.Job(blobs: new WatchedBlobs(site.Service<IBlobs>(), node.StopApplication), host: node).Execute(null!, Ct);
        Assert.True(node.ApplicationStopping.IsCancellationRequested);
        Assert.Equal(before.Tried, (await site.Models.FindAsync(Ct)).Tried);
        await site.Job().TrainAsync(Ct);
        Assert.Equal(site.Portal.Clock.GetUtcNow(), (await site.Models.FindAsync(Ct)).TriedAt);
    }

    private async Task ModelInPlaceAsync()
    {
        site.Portal.Clock.Leap(Day);
        await site.Job().TrainAsync(Ct);
        Assert.Null((await site.Models.FindAsync(Ct)).Refused);
    }
}
