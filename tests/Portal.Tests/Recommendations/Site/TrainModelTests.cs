using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Recommendations.Site;
using FlickStream.Portal.Recommendations.Site.Experiments;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Watching;
using FlickStream.Tests.Shared;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Tests.Recommendations.Site;

public sealed class TrainModelTests(TrainingPortal site) : IClassFixture<TrainingPortal>
{
    private const string Path = "/api/recommendation-model";

    private static readonly DateTimeOffset Start = new(2026, 3, 4, 20, 0, 0, TimeSpan.Zero);

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
    public async Task A_fault_is_told_and_the_next_model_is_made_an_hour_later()
    {
        await ModelInPlaceAsync();
        site.Portal.Clock.Leap(Day);
        var (before, log) = (await site.Models.FindAsync(Ct), new LogLines<TrainModel>());
        await site.Job(blobs: new WatchedBlobs(site.Service<IBlobs>(), () => throw new BlobStorageFullException()), log: log).TrainAsync(Ct);
        var shown = await site.Portal.Admin.GetFromJsonAsync<JsonElement>(Path, Ct);
        var reason = shown.GetProperty("refused").GetString()!;
        Assert.StartsWith("The training failed (BlobStorageFullException): the log tells more under ", reason, StringComparison.Ordinal);
        Assert.Contains($"id {reason.Split(' ')[^1].TrimEnd('.')} ", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.True(shown.GetProperty("tried")[0].GetProperty("isFault").GetBoolean());
        var failed = await site.Models.FindAsync(Ct);
        Assert.Equal((before.Current, before.Previous, site.Portal.Clock.GetUtcNow()), (failed.Current, failed.Previous, failed.TriedAt));

        site.Portal.Clock.Leap(TimeSpan.FromMinutes(50));
        await site.Job().TrainAsync(Ct);
        Assert.Equal(failed.TriedAt, (await site.Models.FindAsync(Ct)).TriedAt);
        site.Portal.Clock.Leap(TimeSpan.FromMinutes(10));
        await site.Job().TrainAsync(Ct);
        var after = await site.Models.FindAsync(Ct);
        Assert.Null(after.Refused);
        Assert.Equal((before.Current, site.Portal.Clock.GetUtcNow()), (after.Previous, after.TriedAt));
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(24, 1, true)]
    [InlineData(24, 2, true, true)]
    [InlineData(24, 8, true, true, true, true, false, true)]
    [InlineData(24, 16, true, true, true, true, true)]
    [InlineData(24, 24, true, true, true, true, true, true)]
    [InlineData(24, 24, false, true)]
    [InlineData(0.5, 0.5, true)]
    public void After_each_fault_it_takes_longer_until_the_next_model_is_made(double every, double hours, params bool[] areFaults)
    {
        var published = areFaults.Reverse().Aggregate(new PublishedModel(), (now, isFault) => now.With(new(Start, 0, Judgement.None, "why") { IsFault = isFault }));
        Assert.Equal(published.TriedAt.AddHours(hours), published.DueAt(TimeSpan.FromHours(every)));
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

    [Fact]
    public async Task A_training_that_ended_its_process_is_a_fault_and_is_not_begun_anew_at_once()
    {
        await ModelInPlaceAsync();
        site.Portal.Clock.Leap(Day);
        PublishedModel? amid = null;
        await site.Job(blobs: new WatchedBlobs(site.Service<IBlobs>(), () => amid = site.Models.FindAsync(Ct).GetAwaiter().GetResult())).TrainAsync(Ct);
        Assert.True(amid!.Tried[0] is { IsBegun: true, IsFault: true });
        Assert.DoesNotContain((await site.Models.FindAsync(Ct)).Tried, tried => tried.IsBegun);

        // As a node leaves it that was killed then.
        await site.Service<IDocuments>().Set(PublishedModel.Schema).UpdateAsync(PublishedModel.Id, _ => amid, Ct);
        foreach (var wait in new[] { TimeSpan.Zero, TimeSpan.FromMinutes(59) })
        {
            site.Portal.Clock.Leap(wait);
            await site.Job().TrainAsync(Ct);
            Assert.Equal(amid.TriedAt, (await site.Models.FindAsync(Ct)).TriedAt);
        }

        site.Portal.Clock.Leap(TimeSpan.FromMinutes(1));
        await site.Job().TrainAsync(Ct);
        var after = await site.Models.FindAsync(Ct);
        Assert.Null(after.Refused);
        Assert.Equal([false, true], after.Tried.Take(2).Select(tried => tried.IsBegun));
    }

    [Fact]
    public async Task A_blob_without_a_document_goes_with_the_next_training_unless_it_may_still_be_published()
    {
        await ModelInPlaceAsync();
        site.Portal.Clock.Leap(Day);
        var (before, node) = (await BlobsAsync(), new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance));
        void End()
        {
            node.StopApplication();
            throw new OperationCanceledException();
        }

        await site.Job(blobs: new WatchedBlobs(site.Service<IBlobs>(), () => { }, End), host: node).Execute(null!, Ct);
        var left = Assert.Single((await BlobsAsync()).Except(before));
        await site.Models.SweepAsync(Ct);
        Assert.Contains(left, await BlobsAsync());

        site.Portal.Clock.Leap(TimeSpan.FromMinutes(1));
        var publishing = $"recommendations/{site.Portal.Clock.GetUtcNow():yyyyMMddHHmmss}-{Guid.NewGuid():n}.model";
        await site.Service<IBlobs>().WriteAsync(publishing, new MemoryStream([1]), Ct);
        await site.Job(new() { LeastWatched = 1_000_000 }).TrainAsync(Ct);
        Assert.Equal(before.Append(publishing).Order(StringComparer.Ordinal), (await BlobsAsync()).Order(StringComparer.Ordinal));
        await site.Service<IBlobs>().DeleteAsync(publishing, Ct);
    }

    [Fact]
    public async Task A_model_that_is_refused_leaves_the_one_before_in_use_and_says_why()
    {
        await ModelInPlaceAsync();
        var good = (await site.Models.FindAsync(Ct)).Current!;
        var watched = good.Watched;
        await AssertRefusedAsync(new() { LeastWatched = watched + 1, LeastJudges = 5 }, $"{watched} movies and series were watched, {watched + 1} are needed.");
        await AssertRefusedAsync(
            new() { LeastWatched = watched, LeastJudges = 46 }, "45 profiles can judge it, 46 are needed: 15 % of those of which at least 5 titles are known.");

        // The one before was so good that none made of the same comes near it.
        var best = good with { Judged = new(45, 0.1, 0.9, 0.95) };
        await site.Service<IDocuments>().Set(PublishedModel.Schema).UpdateAsync(PublishedModel.Id, now => now with { Current = best }, Ct);
        var (tried, log) = (await AssertRefusedAsync(new() { LeastWatched = watched, LeastJudges = 45 }, null), new LogLines<TrainModel>());
        Assert.Equal($"NDCG@10 is {tried.Judged.Best:F4}, after 0.9500 of the model before.", tried.Refused);
        Assert.Equal((45, true), (tried.Judged.Viewers, tried.Judged.Best > tried.Judged.Popular));
        await AssertRefusedAsync(new() { LeastWatched = watched, LeastJudges = 45, MostLost = 0.05 }, tried.Refused, log);
        Assert.Contains(tried.Refused!, Assert.Single(log.Lines), StringComparison.Ordinal);

        // What is no worse than it may be replaces it.
        site.Portal.Clock.Leap(Day);
        await site.Job(new() { LeastWatched = watched, LeastJudges = 45, MostLost = 1 }).TrainAsync(Ct);
        Assert.Equal(best, (await site.Models.FindAsync(Ct)).Previous);
    }

    [Fact]
    public async Task A_training_that_lost_its_lease_publishes_and_notes_nothing()
    {
        await ModelInPlaceAsync();
        site.Portal.Clock.Leap(Day);
        var (before, log) = (await site.Models.FindAsync(Ct), new LogLines<TrainModel>());
        var blobs = await BlobsAsync();
        await site.Job(leases: new AskedLeases(asked => Task.FromResult(asked == 1)), log: log).TrainAsync(Ct);
        await site.Job(new() { LeastWatched = 1_000_000 }, leases: new AskedLeases(asked => Task.FromResult(asked == 1))).TrainAsync(Ct);
        var after = await site.Models.FindAsync(Ct);
        Assert.Equal((before.Current, before.Previous, before.TriedAt), (after.Current, after.Previous, after.TriedAt));
        Assert.Equal(blobs, await BlobsAsync());
        Assert.Contains("is dropped", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    // It stood still so long that the other's lease came and went.
    [Fact]
    public async Task A_training_during_which_another_node_made_one_leaves_that_as_it_is()
    {
        await ModelInPlaceAsync();
        site.Portal.Clock.Leap(Day);
        var (begun, other) = (site.Portal.Clock.GetUtcNow(), default(PublishedModel));
        var blobs = default(string[]);
        async Task<bool> OvertakenAsync(int asked)
        {
            if (asked != 2) return true;
            site.Portal.Clock.Leap(TimeSpan.FromHours(1));
            await site.Job().TrainAsync(Ct);
            (other, blobs) = (await site.Models.FindAsync(Ct), await BlobsAsync());
            return true;
        }

        await site.Job(leases: new AskedLeases(OvertakenAsync)).TrainAsync(Ct);
        var after = await site.Models.FindAsync(Ct);
        Assert.Null(other!.Refused);
        Assert.Equal((other.Current, other.Previous), (after.Current, after.Previous));
        Assert.Equal(other.Tried.Where(tried => tried.At != begun), after.Tried);
        Assert.Equal(blobs, await BlobsAsync());
        foreach (var kept in new[] { after.Current!, after.Previous! }) Assert.NotNull(await site.Models.ReadAsync(kept, Ct));
    }

    [Fact]
    public async Task A_model_that_cannot_be_read_leaves_the_one_in_memory_in_use_and_is_told_once()
    {
        await ModelInPlaceAsync();
        var (good, log, node) = ((await site.Models.FindAsync(Ct)).Current!, new LogLines<CurrentModel>(), site.Service<CurrentModel>());
        await node.RefreshAsync(Ct);
        Assert.Equal(good, node.Now!.Version);
        var other = Node(log);
        await other.RefreshAsync(Ct);
        var bytes = await BytesAsync(good.Key);
        bytes[bytes.Length / 2] ^= 8;
        var broken = good with { Key = "recommendations/broken.model" };
        await site.Service<IBlobs>().WriteAsync(broken.Key, new MemoryStream(bytes), Ct);
        await HoldAsync(broken, good);
        foreach (var wait in new[] { 0, 1, 59 })
        {
            site.Portal.Clock.Leap(TimeSpan.FromMinutes(wait));
            await node.RefreshAsync(Ct);
            await other.RefreshAsync(Ct);
        }

        Assert.Equal(good, other.Now!.Version);
        Assert.Contains(broken.Key, Assert.Single(log.Lines), StringComparison.Ordinal);
        var shown = await site.Portal.Admin.GetFromJsonAsync<JsonElement>(Path, Ct);
        Assert.Equal((broken.Key, good.Key), (shown.GetProperty("current").GetProperty("key").GetString(), shown.GetProperty("inUse").GetString()));
        var told = Assert.Single(shown.GetProperty("unreadable").EnumerateArray());
        Assert.Equal((broken.Key, site.Portal.Clock.GetUtcNow()), (told.GetProperty("key").GetString(), told.GetProperty("at").GetDateTimeOffset()));
        Assert.False(string.IsNullOrEmpty(told.GetProperty("reason").GetString()));
        Assert.Equal(good.TrainedAt, await ServedAsync());

        // A node that starts has none in memory, and takes the one before.
        var started = Node(new());
        await started.RefreshAsync(Ct);
        Assert.Equal(good, started.Now!.Version);

        // An administrator goes back; nothing of the broken one is told any more once another replaced it.
        Assert.True(await site.Models.GoToAsync(good.Key, site.Portal.Clock.GetUtcNow()));
        await node.RefreshAsync(Ct);
        await HoldAsync(good, null);
        await node.RefreshAsync(Ct);
        Assert.Empty((await site.Portal.Admin.GetFromJsonAsync<JsonElement>(Path, Ct)).GetProperty("unreadable").EnumerateArray());
    }

    [Fact]
    public async Task A_model_that_was_published_before_there_were_checksums_is_used()
    {
        await ModelInPlaceAsync();
        var good = (await site.Models.FindAsync(Ct)).Current!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await BytesAsync(good.Key))), good.Sha256);
        await HoldAsync(good with { Sha256 = null }, null);
        var node = Node(new());
        await node.RefreshAsync(Ct);
        Assert.Equal(good.Key, node.Now!.Version.Key);
        await HoldAsync(good, null);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(12_000, 60)]
    public async Task Weights_are_of_as_many_titles_as_the_site_has_memory_for(int most, int titles)
    {
        await ModelInPlaceAsync();
        site.Portal.Clock.Leap(Day);
        await site.Job(new() { LeastWatched = 500, LeastJudges = 5, MostLost = 1, HeadTitles = most }).TrainAsync(Ct);
        var published = await site.Models.FindAsync(Ct);
        Assert.Equal(site.Portal.Clock.GetUtcNow(), published.Current!.TrainedAt);
        var weights = (await site.Models.ReadAsync(published.Current, Ct))!.Model.Stages.Items;
        Assert.Equal(titles, Enumerable.Range(0, weights.Rows).Count(title => weights.ColumnsOf(title).Length > 0));
    }

    private async Task<string[]> BlobsAsync() => await site.Service<IBlobs>().ListAsync("recommendations/", Ct).Select(blob => blob.Key).ToArrayAsync(Ct);

    private CurrentModel Node(LogLines<CurrentModel> log) => new(
        site.Models, site.Service<ExperimentStore>(), site.Service<IOptions<RecommendationOptions>>(), site.Portal.Clock, log);

    private async Task HoldAsync(ModelVersion current, ModelVersion? previous) => Assert.NotNull(
        await site.Service<IDocuments>().Set(PublishedModel.Schema).UpdateAsync(PublishedModel.Id, now => now with { Current = current, Previous = previous }, Ct));

    private async Task<byte[]> BytesAsync(string key)
    {
        await using var stream = (await site.Service<IBlobs>().OpenReadAsync(key, cancellationToken: Ct))!;
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Ct);
        return bytes.ToArray();
    }

    private async Task<TriedModel> AssertRefusedAsync(RecommendationOptions options, string? reason, LogLines<TrainModel>? log = null)
    {
        var before = await site.Models.FindAsync(Ct);
        site.Portal.Clock.Leap(Day);
        await site.Job(options, log: log).TrainAsync(Ct);
        var after = await site.Models.FindAsync(Ct);
        var tried = after.Tried[0];
        Assert.Equal((site.Portal.Clock.GetUtcNow(), before.Current!.Watched, false), (tried.At, tried.Watched, tried.IsFault));
        Assert.Equal((before.Current, before.Previous, tried.At), (after.Current, after.Previous, after.TriedAt));
        var shown = await site.Portal.Admin.GetFromJsonAsync<JsonElement>(Path, Ct);
        Assert.Equal(reason ?? tried.Refused, shown.GetProperty("refused").GetString());
        Assert.Equal(before.Current.Key, shown.GetProperty("current").GetProperty("key").GetString());
        await site.Service<CurrentModel>().RefreshAsync(Ct);
        Assert.Equal(before.Current.TrainedAt, await ServedAsync());
        return tried;
    }

    /// <summary>When the model was made that orders what a viewer is shown.</summary>
    private async Task<DateTimeOffset?> ServedAsync()
    {
        var person = await Person.RegisteredAsync(site.Portal);
        await person.EnterAsync();
        var page = await person.ReadAsync("/api/recommendations");
        Assert.Contains(page.GetProperty("rows").EnumerateArray(), row => row.GetProperty("kind").GetString() == "forYou");
        return page.GetProperty("modelFrom").GetDateTimeOffset();
    }

    // And no blob without a document, as other tests leave.
    private async Task ModelInPlaceAsync()
    {
        await site.Models.SweepAsync(Ct);
        if ((await site.Models.FindAsync(Ct)).Current is not null) return;
        site.Portal.Clock.Leap(Day);
        await site.Job().TrainAsync(Ct);
        Assert.Null((await site.Models.FindAsync(Ct)).Refused);
    }
}
